"""What this machine has, and so what may be chosen for a cluster on it."""

from __future__ import annotations

import importlib
import math
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Self

GIB: Final = 2**30
_SMALLEST_WORKER: Final = 0.25


@dataclass(frozen=True)
class Machine:
    """Cores, and memory in bytes, that this process may use: less than the machine's where a container limits it."""

    cores: int
    memory: int

    @classmethod
    def this(cls) -> Self:
        """Measure. Imports Dask, which knows about containers: not for the event loop."""
        cores: int = importlib.import_module("dask.system").CPU_COUNT
        memory: int = importlib.import_module("distributed.system").MEMORY_LIMIT
        return cls(cores, memory)

    def option_fields(self) -> list[dict[str, Any]]:
        """The options of a cluster, as Dask Gateway describes options."""
        # Rounded down: as many workers of the default size as there are cores must fit.
        total = max(_SMALLEST_WORKER, math.floor(self.memory / GIB * 10) / 10)
        share = max(_SMALLEST_WORKER, math.floor(self.memory / self.cores / GIB * 10) / 10)
        return [
            _field("worker_cores", "Worker cores", 1, type="int", min=1, max=self.cores),
            _field("worker_memory", "Worker memory (GiB)", share, type="float", min=_SMALLEST_WORKER, max=total),
            _field("environment", "Environment variables", {}, type="mapping"),
        ]


def what_is_missing() -> str | None:
    """Why no gateway can run on this machine and what to do, or ``None`` where it can."""
    if sys.platform == "win32":
        return "Dask Gateway's server does not run on Windows. Use JupyterLab in the Windows Subsystem for Linux, or a gateway elsewhere."
    server = find_spec("dask_gateway_server")
    if server is None or server.origin is None or find_spec("sqlalchemy") is None:
        return 'Dask Gateway\'s server is not installed. Install it with: pip install "pccompute-ext[local]". Then restart JupyterLab.'
    if not (Path(server.origin).parent / "proxy" / "dask-gateway-proxy").exists():
        return "The installed Dask Gateway server has no proxy program: it comes with the wheels for Linux and macOS. Install it from a wheel."
    return None


def _field(name: str, label: str, default: object, **spec: object) -> dict[str, Any]:
    return {"field": name, "label": label, "default": default, "spec": spec}

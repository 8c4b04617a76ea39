"""What a run ran on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

import psutil

PACKAGES = ("jupyter_server", "jupyterlab", "dask-gateway", "dask-gateway-server", "distributed", "dask-labextension")


def describe() -> dict[str, str]:
    """What figures depend on; nothing that tells which machine it was."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": platform.system(),
        "Python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
    }


def load() -> float:
    """The load average of the last minute: above 1 or so, others were at work too."""
    return psutil.getloadavg()[0]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())

"""What the tests of supervised clusters share."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import psutil

from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.backends.own_entry import OwnEntry
from pccompute_ext.errors import ComputeError
from pccompute_ext.supervisor.files import LOCK
from pccompute_ext.supervisor.lock import is_held
from pccompute_ext.supervisor.processes import MARK

MACHINE: dict[str, dict[str, Any]] = {
    "worker_cores": {"type": "integer", "title": "Worker cores", "minimum": 1, "maximum": 2, "default": 1},
    "worker_memory": {"type": "number", "title": "Worker memory (GiB)", "minimum": 0.25, "maximum": 8, "default": 0.5},
    "environment": {"type": "object", "title": "Environment variables", "additionalProperties": {"type": "string"}, "default": {}},
}
"""The form of the cluster of local processes."""


def machine(directory: Path, **limits: Any) -> OwnBackend:
    """Clusters of local processes."""
    entry: dict[str, Any] = {"class": "pccompute_ext.supervisor.machine.machine_cluster", "form": MACHINE, "limits": {"workers": 2, **limits}}
    return backend_of(directory, entry)


def backend_of(directory: Path, entry: dict[str, Any]) -> OwnBackend:
    """A backend of an entry as an operator writes it."""
    read = msgspec.convert({"id": "own", "label": "Own", **entry}, OwnEntry)
    return OwnBackend(id=read.id, label=read.label, entry=read, directory=directory)


async def ended(backend: OwnBackend) -> None:
    """End all clusters of a backend, with everything that they have started, whatever their tests did to them."""
    with suppress(ComputeError):
        await backend.close(stop_clusters=True)
    directories = [found.directory for found in backend._clusters._each()]
    for directory in directories:
        async with asyncio.timeout(90):
            while is_held(directory / LOCK):
                await asyncio.sleep(0.1)
    assert processes_of(backend) == []


def processes_of(backend: OwnBackend) -> list[psutil.Process]:
    """What the supervisors of a backend have started and what has not ended."""
    directory = backend._clusters.path("x").parent
    names = {path.name for path in directory.iterdir()} if directory.is_dir() else set()
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) in names:
                found.append(process)
    return found

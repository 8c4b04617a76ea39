"""Finding a class by its path, whatever its package does as it is imported."""

from __future__ import annotations

import importlib
import signal
from typing import Any

from .cluster_thread import ClusterThread


async def load(path: str, thread: ClusterThread) -> Any:
    """Import it in the thread of the cluster, as that may take long; where it can't be imported there, here.

    Raises
    ------
    Exception
        Whatever the import raises.
    """
    try:
        return await thread.run(_load(path))
    except ValueError:
        # dask-jobqueue handles a signal from its import on, and only the main thread may set that.
        before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            return imported(path)
        finally:
            # The supervisor ends in order when it is asked to.
            for sign, handler in before.items():
                signal.signal(sign, handler)


def imported(path: str) -> Any:
    """Return what a path leads to: a module's, with a dot and a name in it."""
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


async def _load(path: str) -> Any:
    return imported(path)

"""Importing large packages in a thread while the event loop goes on in another."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_SWITCH_INTERVAL: Final = 0.001
"""Seconds until the importing thread lets others go on; usually five times as long, at each system call of theirs."""

_NEVER: Final = 2**31 - 1

_lock = threading.Lock()


def calmly_imported(name: str) -> ModuleType:
    """Import a module so that the event loop is kept waiting as little as can be. Not for the event loop itself."""
    if name in sys.modules:
        return importlib.import_module(name)
    with _lock, _calm():
        return importlib.import_module(name)


@contextmanager
def _calm() -> Iterator[None]:
    """Keep Python from looking for garbage among all objects that there are.

    Dask brings so many that Python would do so meanwhile, for a tenth of a second in which every thread stands still, and again now and then ever
    after. Nearly all that is there then stays as long as the process: the modules, the server, its extensions. So it is left out of all collections
    to come. Garbage that comes to be later is collected as ever, and sooner than without.
    """
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(interval, _SWITCH_INTERVAL))
    gc.set_threshold(*thresholds[:2], _NEVER)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval)

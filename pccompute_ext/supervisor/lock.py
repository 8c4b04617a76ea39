"""The lock that a supervisor holds while it lives: there is never a second one for the same cluster, and everybody can see whether there is one.

A record lock: it belongs to the process, so it ends with it however that ends, and the processes that a cluster's class starts don't inherit it.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PATIENCE: Final = 2.0
"""Seconds: whoever looks at the lock holds it for a moment."""


class Lock:
    """The lock of one cluster; made by :meth:`take`, held until the process ends or :meth:`release`."""

    def __init__(self, file: int) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """Take it, or return ``None`` where another process has it."""
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + _PATIENCE
        while not _try(file, shared=False):
            if time.monotonic() > end:
                os.close(file)
                return None
            time.sleep(0.05)
        return cls(file)

    def release(self) -> None:
        """Give it back."""
        os.close(self._file)


def is_held(path: Path) -> bool:
    """Whether another process has it."""
    with suppress(FileNotFoundError):
        file = os.open(path, os.O_RDWR)
        try:
            return not _try(file, shared=True)
        finally:
            os.close(file)
    return False


if sys.platform == "win32":
    import msvcrt

    def _try(file: int, *, shared: bool) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(file: int, *, shared: bool) -> bool:
        try:
            fcntl.lockf(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

"""The processes on this machine that a cluster's class has started, told from others by a mark in their environment."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import psutil

from .sweeper import Sweeper

MARK: Final = "PCCOMPUTE_CLUSTER"
"""The environment variable that every child of a supervisor inherits."""

_ASKED: Final = 2.0
"""Seconds that they get to end by themselves when they were asked to."""


class ProcessSweeper(Sweeper):
    """Ends them.

    Parameters
    ----------
    directory
        The cluster's; its name is the mark.
    """

    def __init__(self, directory: Path) -> None:
        self._mark = directory.name

    def mark(self) -> None:
        """Have all processes that this one starts from now on carry the mark."""
        os.environ[MARK] = self._mark

    def handle(self, cluster: Any) -> dict[str, str]:
        return {}

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        count = len(await asyncio.to_thread(lambda: list(self._marked())))
        return [f"{count} {'process' if count == 1 else 'processes'} on this machine"] if count else []

    async def delete(self, handle: Mapping[str, str]) -> None:
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        found = list(self._marked())
        for process in found:
            with suppress(psutil.Error):
                process.terminate()
        for process in psutil.wait_procs(found, timeout=_ASKED)[1]:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(found, timeout=_ASKED)

    def _marked(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            # Of a process that is gone meanwhile, or is somebody else's, nothing can be read.
            with suppress(psutil.Error, OSError):
                if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == self._mark:
                    yield process

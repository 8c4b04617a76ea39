"""Background work that is never lost: every task is held, its failure is logged, and all of them end together."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Coroutine
from typing import Any, TypeVar

from .errors import ComputeError, Unavailable

T = TypeVar("T")


def describe_error(error: BaseException) -> str:
    """What went wrong and where, for a log.

    The text of an unexpected exception may quote a URL, and with it a cluster's name: only its type and place are told.
    """
    if isinstance(error, ComputeError):
        return error.message
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{place}"


class Tasks:
    """The tasks of one owner."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, T], what: str) -> asyncio.Task[T]:
        """Start ``work``. ``what`` names it in the log where it fails.

        Raises
        ------
        Unavailable
            Everything is ending.
        """
        if self._closed:
            work.close()
            raise Unavailable("The Jupyter server is stopping. Reload the page once it is back.")
        task = asyncio.ensure_future(work)
        task.set_name(what)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        # Errors of the domain have been told to whoever asked; others are mistakes, and must be seen.
        level = logging.DEBUG if isinstance(error, ComputeError) else logging.ERROR
        self._log.log(level, "%s failed: %s", task.get_name(), describe_error(error))

    async def drain(self) -> None:
        """Let every task come to its own end, and the tasks that those start."""
        while self._running:
            await asyncio.wait(list(self._running))

    async def close(self) -> None:
        """Cancel every task and wait for their ends; no more can be started."""
        self._closed = True
        while self._running:
            running = list(self._running)
            for task in running:
                task.cancel()
            await asyncio.wait(running)

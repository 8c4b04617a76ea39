"""Live status: watches the running clusters while somebody looks, and tells the manager what it sees."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import cast

from .backends.base import Observation
from .errors import ComputeError
from .manager import ClusterManager, Watchable
from .models import Live
from .tasks import Tasks, describe_error


class Watcher:
    """Runs while the manager's lease lives; without one there is no request to any backend.

    One watch for each running cluster: each fails, backs off and ends by itself.
    """

    def __init__(self, manager: ClusterManager) -> None:
        self._manager = manager
        self._log = manager.log
        self._tasks = Tasks(manager.log)
        self._watches: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to wait for somebody who looks."""
        self._tasks.start(self._run(), "Watching for changes")

    async def close(self) -> None:
        """End all watches."""
        await self._tasks.close()
        self._watches.clear()

    async def _run(self) -> None:
        while True:
            await self._manager.wait_for_look()
            # The list and the watches go their own ways, so that a slow list does not keep a new cluster from being watched.
            listing = self._tasks.start(self._list(), "Listing clusters for the watcher")
            try:
                while self._manager.looked_at:
                    self._follow_running()
                    await self._manager.wait_for_change(self._manager.timings.list_every)
            finally:
                listing.cancel()
                await self._end_watches()

    async def _list(self) -> None:
        while True:
            await self._manager.refresh()
            await asyncio.sleep(self._manager.timings.list_every)

    def _follow_running(self) -> None:
        wanted = {target.id: target for target in self._manager.watchable()}
        for id, task in list(self._watches.items()):
            if id not in wanted:
                task.cancel()
                del self._watches[id]
        for id, target in wanted.items():
            if id not in self._watches:
                self._watches[id] = self._tasks.start(self._watch(target), "Watching a cluster")

    async def _end_watches(self) -> None:
        watches = list(self._watches.values())
        self._watches.clear()
        for task in watches:
            task.cancel()
        if watches:
            await asyncio.wait(watches)

    async def _watch(self, target: Watchable) -> None:
        pauses = self._manager.timings.pauses()
        while True:
            try:
                # A watch is written as an async generator; its contract names only the part that is read.
                watch = cast(AsyncGenerator[Observation, None], target.backend.watch(target.name))
                async with contextlib.aclosing(watch) as observations:
                    async for observation in observations:
                        self._manager.observed(target.id, observation)
                        pauses = self._manager.timings.pauses()
                reason = "The watch ended; it is begun again by itself."
            except ComputeError as error:
                reason = error.message
            except Exception as error:
                self._log.error("Watching a cluster of %s failed in an unexpected way: %s", target.backend.label, describe_error(error))
                reason = "Watching it failed in an unexpected way; the server's log tells where."
            # Figures that nobody refreshes would look like the truth.
            self._manager.observed(target.id, Observation(live=Live(kind="none", reason=reason)))
            await asyncio.sleep(next(pauses))

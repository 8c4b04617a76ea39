"""The end of a cluster: stopped, cancelled or dismissed."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from .calls import call, settled
from .errors import ComputeError, NotFound
from .models import ClusterState
from .reconciling import Reconciler
from .roster import Entry, Roster
from .tasks import Tasks
from .timings import Timings


class Ender:
    """Ends clusters, once each."""

    def __init__(self, roster: Roster, reconciler: Reconciler, tasks: Tasks, timings: Timings, log: logging.Logger) -> None:
        self._roster = roster
        self._reconciler = reconciler
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._stops: dict[str, asyncio.Task[None]] = {}

    async def end(self, entry: Entry) -> None:
        """Take an ended cluster off the list; stop any other, and one of which something is left.

        One that its backend has not named yet is stopped as soon as it is.
        """
        if entry.ended and not entry.remains:
            self._roster.remove(entry)
            return
        before = entry.state
        if entry.record.ending:
            before = "running" if entry.record.ran else "pending"
        if entry.ended:
            # It was stopped, or tried to be, before.
            entry.stop_taken = False
        entry.state = "stopping"
        self._roster.keep(entry, ending=True)
        self._roster.tell(entry)
        if entry.name is None:
            return
        task = self._stops.get(entry.id)
        if task is None:
            task = self._begin(entry, before, lasting=False)
        if await settled(task, within=self._timings.answer_within) and not task.cancelled() and (error := task.exception()):
            raise error

    def finish(self, entry: Entry) -> None:
        """Have a cluster stopped whose end was asked for when it could not be stopped; nobody waits, so it is tried until it is done.

        Harmless to call again.
        """
        if entry.id not in self._stops and not entry.stop_taken:
            self._begin(entry, entry.state, lasting=True)

    def _begin(self, entry: Entry, before: ClusterState, *, lasting: bool) -> asyncio.Task[None]:
        task = self._tasks.start(self._stop(entry, before, lasting=lasting), "Stopping a cluster")
        self._stops[entry.id] = task
        task.add_done_callback(lambda _: self._stops.pop(entry.id, None))
        return task

    async def _stop(self, entry: Entry, before: ClusterState, *, lasting: bool) -> None:
        assert entry.name is not None
        pauses = self._timings.pauses()
        while self._roster.holds(entry):
            try:
                with contextlib.suppress(NotFound):
                    await call(entry.backend, entry.backend.stop(entry.name), within=self._timings.call_within, log=self._log)
            except ComputeError as error:
                if lasting:
                    await asyncio.sleep(next(pauses))
                    continue
                self._give_up(entry, before, error)
                raise
            entry.stop_taken = True
            entry.stop_taken_at = asyncio.get_running_loop().time()
            # It may be gone already; otherwise the next list tells.
            self._tasks.start(self._reconciler.check(entry), "Looking at a cluster after its stop")
            return

    def _give_up(self, entry: Entry, before: ClusterState, error: ComputeError) -> None:
        if entry.state == "stopping":
            entry.state = before
            entry.reason = f"It could not be stopped: {error.message}"
            self._roster.keep(entry, ending=False)
            self._roster.tell(entry)

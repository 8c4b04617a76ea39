"""Changes of a cluster's size: one at a time for each cluster, and the last one wins."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator

import msgspec

from .backends.base import Observation, ObservedScaling, Scaled
from .calls import call
from .errors import BackendFailed, BackendTimeout, ComputeError, CredentialNeeded, Unavailable, WrongState
from .models import Adaptive, Manual, Scaling
from .roster import Entry, Roster
from .tasks import Tasks
from .timings import Timings

# What may well be otherwise a little later. WrongState: the gateway may say "running" before its scheduler takes orders.
PASSING = (BackendFailed, BackendTimeout, CredentialNeeded, Unavailable, WrongState)


def as_asked(wanted: Adaptive | Manual, *, confirmed: bool, warning: str | None = None, limit: int | None = None) -> Scaling:
    """The public form of a request, clamped to the backend's limit where that is known."""

    def clamp(count: int) -> int:
        return count if limit is None else min(count, limit)

    if isinstance(wanted, Adaptive):
        return Scaling(mode="adaptive", minimum=clamp(wanted.minimum), maximum=clamp(wanted.maximum), confirmed=confirmed, warning=warning)
    return Scaling(mode="manual", count=clamp(wanted.count), confirmed=confirmed, warning=warning)


def as_observed(seen: ObservedScaling, before: Scaling | None) -> Scaling:
    """The public form of what the scheduler says. A warning stays until somebody sets other bounds."""
    if seen.mode == "adaptive":
        scaling = Scaling(mode="adaptive", minimum=seen.minimum, maximum=seen.maximum, source="scheduler")
    else:
        scaling = Scaling(mode="manual", count=seen.count, source="scheduler")
    if before is None or before.warning is None:
        return scaling
    warned = msgspec.structs.replace(scaling, warning=before.warning)
    return warned if before.source == "set-here" or before == warned else scaling


def _fits(seen: ObservedScaling, shown: Scaling | None) -> bool:
    """Whether the scheduler says what is shown."""
    return shown is not None and (seen.mode, seen.minimum, seen.maximum, seen.count) == (shown.mode, shown.minimum, shown.maximum, shown.count)


class Change:
    """A request on its way to the backend."""

    def __init__(self, wanted: Adaptive | Manual, *, lasting: bool) -> None:
        self.wanted = wanted
        self.lasting = lasting
        """Whether it is tried until the backend takes it; else the first answer is told to whoever asked."""
        self.awaited = not lasting
        self.answer: asyncio.Future[ComputeError | None] = asyncio.get_running_loop().create_future()

    def close(self, error: ComputeError | None = None) -> None:
        if not self.answer.done():
            self.answer.set_result(error)


class Lane:
    """The changes of one cluster's size: the one at the backend, and at most one behind it."""

    def __init__(self, entry: Entry) -> None:
        self.next: Change | None = None
        self.arrived = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.check: asyncio.Task[None] | None = None
        # What holds if the changes under way come to nothing.
        self.before = entry.scaling, entry.record.scaling, entry.record.applied

    def end_check(self) -> None:
        """Ask the scheduler no more what came of the last change."""
        if self.check is not None:
            self.check.cancel()
            self.check = None

    @property
    def busy(self) -> bool:
        """Whether what was asked for here counts, not what was observed before it."""
        return any(task is not None and not task.done() for task in (self.task, self.check))


class Scaler:
    """Takes requests for sizes to the backends."""

    def __init__(self, roster: Roster, tasks: Tasks, timings: Timings, log: logging.Logger) -> None:
        self._roster = roster
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._lanes: dict[Entry, Lane] = {}

    async def request(self, entry: Entry, wanted: Adaptive | Manual) -> None:
        """Ask for another size.

        Returns once the backend has taken it, a newer request has replaced it, or ``answer_within`` is over; raises what the backend says against it.
        """
        if entry.state == "pending":
            self.intend(entry, wanted)
            return
        if entry.state != "running":
            raise WrongState(f"The cluster is {entry.state}, so its size can't be changed. Only a pending or running cluster has a size.")
        change = self._enqueue(entry, Change(wanted, lasting=False))
        try:
            await asyncio.wait({change.answer}, timeout=self._timings.answer_within)
        finally:
            change.awaited = False
        if change.answer.done() and (error := change.answer.result()):
            raise error

    def intend(self, entry: Entry, wanted: Adaptive | Manual) -> None:
        """Remember the size that a cluster is to have once it runs."""
        entry.scaling = as_asked(wanted, confirmed=False)
        self._roster.keep(entry, scaling=wanted, applied=False)
        self._roster.tell(entry)

    def pursue(self, entry: Entry) -> None:
        """Have a running cluster get the size that it is still to have, if any; harmless to call again."""
        record = entry.record
        lane = self._lanes.get(entry)
        if record.scaling is not None and not record.applied and not record.ending and not (lane and lane.task and not lane.task.done()):
            self._enqueue(entry, Change(record.scaling, lasting=True))

    def observed(self, entry: Entry, observation: Observation) -> None:
        """Take a cluster's figures; its bounds only if no newer ones are on their way from here."""
        entry.observe(observation)
        lane = self._lanes.get(entry)
        if lane is not None and lane.check is not None and observation.scaling is not None and _fits(observation.scaling, entry.scaling):
            # It tells what came of the change, so nobody need ask.
            lane.end_check()
        if observation.scaling is not None and not (lane and lane.busy) and entry.record.applied:
            entry.scaling = as_observed(observation.scaling, entry.scaling)
        self._roster.tell(entry)

    def forget_removed(self) -> None:
        """Drop what is held for clusters that are no longer listed."""
        self._lanes = {entry: lane for entry, lane in self._lanes.items() if self._roster.holds(entry)}

    # -- inside --------------------------------------------------------------------------------------------------------

    def _enqueue(self, entry: Entry, change: Change) -> Change:
        lane = self._lanes.get(entry)
        if lane is None or lane.task is None or lane.task.done():
            if lane is not None:
                lane.end_check()
            self._lanes[entry] = lane = Lane(entry)
        if lane.next is not None:
            lane.next.close()
        lane.next = change
        lane.arrived.set()
        entry.scaling = as_asked(change.wanted, confirmed=False)
        self._roster.tell(entry)
        if lane.task is None:
            lane.task = self._tasks.start(self._work(entry, lane), "Scaling a cluster")
        return change

    async def _work(self, entry: Entry, lane: Lane) -> None:
        pauses = self._timings.pauses()
        change: Change | None = None
        try:
            while lane.next is not None and self._roster.holds(entry):
                change, lane.next = lane.next, None
                lane.arrived.clear()
                if written := self._roster.keep(entry, scaling=change.wanted, applied=False):
                    await asyncio.shield(written)
                try:
                    scaled = await self._send(entry, change.wanted)
                except ComputeError as error:
                    await self._failed(entry, lane, change, error, pauses)
                else:
                    self._taken(entry, lane, change, scaled)
        finally:
            for left in (change, lane.next):
                if left is not None:
                    left.close()

    async def _send(self, entry: Entry, wanted: Adaptive | Manual) -> Scaled:
        backend, name = entry.backend, entry.name
        assert name is not None, "A cluster runs only after its backend has named it"
        answer = backend.adapt(name, wanted.minimum, wanted.maximum) if isinstance(wanted, Adaptive) else backend.scale(name, wanted.count)
        return await call(backend, answer, within=self._timings.call_within, log=self._log)

    def _taken(self, entry: Entry, lane: Lane, change: Change, scaled: Scaled) -> None:
        taken = as_asked(change.wanted, confirmed=True, warning=scaled.warning, limit=scaled.limit)
        lane.before = taken, change.wanted, True
        if lane.next is None:
            entry.scaling = taken
            self._roster.keep(entry, applied=True)
        if scaled.limit is not None:
            self._roster.learn_limit(entry.backend, scaled.limit)
        self._roster.tell(entry)
        change.close()
        if lane.next is None:
            # What a watch brings next may have been read before the change; unless it fits the change, this is read after it.
            lane.check = self._tasks.start(self._look(entry, lane), "Looking at a cluster after scaling")

    async def _look(self, entry: Entry, lane: Lane) -> None:
        assert entry.name is not None
        try:
            # Most often there is a watch, and asking would be one more connection.
            await asyncio.sleep(self._timings.look_after)
            seen = await call(entry.backend, entry.backend.observe(entry.name), within=self._timings.list_within, log=self._log)
        except ComputeError:
            return
        finally:
            lane.check = None
        if entry.state == "running" and not lane.busy:
            self.observed(entry, seen)

    async def _failed(self, entry: Entry, lane: Lane, change: Change, error: ComputeError, pauses: Iterator[float]) -> None:
        if lane.next is not None:
            change.close()
            return
        if change.lasting and isinstance(error, PASSING):
            if entry.state == "running" and not entry.record.ending:
                await self._pause(lane, next(pauses))
                if lane.next is None:
                    lane.next = change
            return
        if change.lasting:
            entry.scaling = as_asked(change.wanted, confirmed=False, warning=error.message)
            self._roster.keep(entry, scaling=None, applied=True)
        else:
            self._undo(entry, lane, change, None if change.awaited else error.message)
        self._roster.tell(entry)
        change.close(error)

    def _undo(self, entry: Entry, lane: Lane, change: Change, warning: str | None) -> None:
        """Go back to the size before; where nobody waited for the answer, the card tells why."""
        shown, scaling, applied = lane.before
        if warning is not None:
            shown = msgspec.structs.replace(shown or as_asked(change.wanted, confirmed=False), warning=warning)
        entry.scaling = shown
        self._roster.keep(entry, scaling=scaling, applied=applied)
        if scaling is not None and not applied:
            # The size that it was to have before is still to come.
            lane.next = Change(scaling, lasting=True)

    async def _pause(self, lane: Lane, seconds: float) -> None:
        """Wait, but no longer than until a newer request."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await lane.arrived.wait()

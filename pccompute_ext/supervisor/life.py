"""The life of one cluster: started, kept, told what to do, and ended with everything that belongs to it."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from .bill import Bill
from .complaints import Complaints
from .control import Control, ControlError
from .files import CONNECTION, write_private
from .held import Held
from .order import Order
from .root_cause import root_cause
from .scheduler_watch import SchedulerWatch
from .state import Phase, State, beat
from .sweeping import sweep, sweepers_for

log = logging.getLogger(__name__)

_TICK: Final = 0.5
_BEAT: Final = 5.0
_CLOSE_WITHIN: Final = 120.0

_LOST_AFTER: Final = 15.0
"""Seconds for which a scheduler may be out of reach before that is told."""


@dataclass(frozen=True)
class End:
    """Why a cluster ends. ``reason``: ``None`` where the user asked for it."""

    phase: Phase
    reason: str | None = None


class Life:
    """One cluster from its order to its end.

    Parameters
    ----------
    directory
        The cluster's, private to the user.
    """

    def __init__(self, directory: Path, order: Order) -> None:
        self._directory = directory
        self._order = order
        self._held = Held(order.class_path, order.arguments)
        self._control = Control(directory, self._act)
        self._stop_asked = asyncio.Event()
        self._end: End | None = None
        self._watch: SchedulerWatch | None = None
        self._bill = Bill(order.prices)
        self._complaints = Complaints()
        self._next_beat = 0.0
        self._running_since = 0.0
        self._state = State(host=socket.gethostname(), pid=os.getpid(), progress=("The supervisor is running.",))

    async def open(self) -> None:
        """Show that it is there, and listen."""
        await self._control.open()
        self._tell(endpoint=self._control.endpoint)

    async def run(self) -> None:
        """Run the cluster until its end, and clean up."""
        keeping = asyncio.create_task(self._keep())
        try:
            end = await self._live()
            await self._finish(end)
        finally:
            keeping.cancel()
            await self._control.close()

    def stop(self, reason: str | None = None) -> None:
        """Have it end."""
        if self._end is None:
            self._end = End("stopped", reason)
            self._stop_asked.set()

    # -- living --------------------------------------------------------------------------------------------------------

    async def _live(self) -> End:
        starting = asyncio.create_task(self._start())
        stopping = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait({starting, stopping}, timeout=self._order.start_within, return_when=asyncio.FIRST_COMPLETED)
            if (end := self._asked_end()) is not None:
                return end
            if not starting.done():
                return End("failed", f"It did not start within {_in_words(self._order.start_within)}, so it was given up.{self._last_word()}")
            starting.result()
            self._begin()
            await stopping
            return self._asked_end() or End("stopped")
        except Exception as error:
            log.exception("The cluster failed.")
            return End("failed", root_cause(error))
        finally:
            starting.cancel()
            stopping.cancel()
            # The start goes on until it has noticed.
            await asyncio.wait({starting}, timeout=_CLOSE_WITHIN)

    def _asked_end(self) -> End | None:
        return self._end

    async def _start(self) -> None:
        self._tell(progress=(*self._state.progress, f"{self._order.class_path.rpartition('.')[2]} is being started."))
        cluster = await self._held.make()
        handle: dict[str, str] = {}
        for sweeper in sweepers_for(self._order, self._directory):
            handle |= sweeper.handle(cluster)
        # On the disk before there is anything that costs money.
        self._tell(handle=handle)
        await self._held.start()

    def _begin(self) -> None:
        """It runs: tell where, and look after it from now on."""
        # What it has told since the last look.
        self._look()
        write_private(self._directory / CONNECTION, self._held.connection())
        self._watch = SchedulerWatch(self._held.address, self._held.connection_arguments())
        self._watching = asyncio.create_task(self._watch.run())
        # A scheduler that runs long before its workers has been idle for as long, but nobody could use the cluster.
        self._running_since = time.monotonic()
        wanted = self._held.wanted
        self._tell(phase="running", dashboard=self._held.dashboard, count=wanted or 0, requested=wanted or 0)

    async def _keep(self) -> None:
        """Look after everything that changes by itself."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                if self._control.is_lost():
                    await self._control.open()
                self._look()
                if loop.time() >= self._next_beat:
                    self._next_beat = loop.time() + _BEAT
                    beat(self._directory)
            except Exception:
                # A full disk, for example: the cluster goes on.
                log.exception("The supervisor could not do everything.")
            await asyncio.sleep(_TICK)

    def _look(self) -> None:
        # From the first moment to the last: machines cost while they start and stop, too.
        charged = self._bill.charge(self._state, None if self._watch is None else self._watch.workers)
        self._tell(cost=charged.cost, cost_at=charged.cost_at, cost_per_hour=charged.cost_per_hour)
        if self._state.phase == "starting":
            said = tuple(self._held.said)
            own = self._state.progress[:2]
            self._tell(endpoint=self._control.endpoint, progress=(*own, *said))
        elif self._state.phase == "running" and self._watch is not None:
            lost = self._watch.lost_for
            wanted = self._held.wanted
            if None not in (wanted, self._watch.workers) and self._watch.workers == wanted:
                self._complaints.forget()
            self._tell(
                endpoint=self._control.endpoint,
                requested=self._state.count if wanted is None else wanted,
                scheduler_lost=lost > _LOST_AFTER,
                complaint=self._complaints.last,
            )
            self._end_where_due(self._watch)

    def _end_where_due(self, watch: SchedulerWatch) -> None:
        timeout = self._order.idle_timeout
        if self._held.has_ended:
            self.stop("It ended by itself: its scheduler was shut down, by a client or by its own idle timeout.")
        elif timeout is not None and min(watch.idle, time.monotonic() - self._running_since) >= timeout:
            self.stop(f"It had nothing to do for {_in_words(timeout)}.")
        elif timeout is not None and watch.lost_for >= timeout:
            self.stop(f"Its scheduler could not be reached for {_in_words(timeout)}.")

    # -- told what to do ---------------------------------------------------------------------------------------------------

    async def _act(self, request: Mapping[str, Any]) -> None:
        match request:
            case {"do": "stop"}:
                self.stop()
            case {"do": "scale", "count": int(count)}:
                self._check_running()
                self._complaints.forget()
                self._tell(mode="manual", count=count, minimum=None, maximum=None)
                await self._held.scale(count)
            case {"do": "adapt", "minimum": int(minimum), "maximum": int(maximum)}:
                self._check_running()
                self._complaints.forget()
                self._tell(mode="adaptive", count=None, minimum=minimum, maximum=maximum)
                await self._held.adapt(minimum, maximum)
            case _:
                raise ControlError("The supervisor does not know this request: it may be of another version of pccompute.")
        self._look()

    def _check_running(self) -> None:
        if self._state.phase != "running" or self._end is not None:
            raise ControlError("The cluster does not run, so its size can't be set.")

    # -- ending --------------------------------------------------------------------------------------------------------

    async def _finish(self, end: End) -> None:
        self._tell(phase="stopping", reason=end.reason)
        try:
            await self._held.close(_CLOSE_WITHIN)
        except Exception:
            # What it left is swept.
            log.warning("The cluster did not close in order.", exc_info=True)
        with suppress(OSError):
            (self._directory / CONNECTION).unlink()
        remains = await sweep_all(self._order, self._directory, self._state.handle, lambda found: self._tell(remains=found))
        finish(self._directory, self._state, end, remains)

    def _tell(self, **changes: Any) -> None:
        changed = replace(self._state, **changes)
        if changed != self._state:
            self._state = changed
            changed.write(self._directory)

    def _last_word(self) -> str:
        said = self._held.said
        return f" The last that it told was: {said[-1]}" if said else ""


async def sweep_all(order: Order, directory: Path, handle: Mapping[str, str], tell: Any) -> tuple[str, ...]:
    """Sweep everywhere; what can't even be looked at counts as left."""
    try:
        return await sweep(sweepers_for(order, directory), handle, tell)
    except Exception as error:
        log.exception("The cluster could not be swept.")
        return (f"It could not be looked at: {root_cause(error)}",)


def finish(directory: Path, state: State, end: End, remains: tuple[str, ...]) -> None:
    """Write down how it ended, and what it has cost; where the user asked for it and nothing is left, there is nothing to write down."""
    if not remains and end.phase == "stopped" and end.reason is None:
        shutil.rmtree(directory, ignore_errors=True)
        return
    state, reason = state.charged(time.time()), end.reason
    if remains:
        reason = f"{reason or 'It was shut down.'} Not everything of it could be deleted."
    replace(state, phase="failed" if remains else end.phase, reason=reason, remains=remains, endpoint={}, dashboard=None).write(directory)


def _in_words(seconds: float) -> str:
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:g} minutes"
    return f"{seconds:g} {'second' if seconds == 1 else 'seconds'}"

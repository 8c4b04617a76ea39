"""A connection over which a scheduler tells its figures as soon as they change.

The scheduler waits for the change, not we: Dask's ``feed`` runs :mod:`.scheduler_figures` there. Dask's own ``subscribe_worker_status`` is not for
us: a scheduler has only one such subscriber, so it would be taken from the user's own ``GatewayCluster``, or by it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, Self
from weakref import WeakSet

from ..models import Idle, Live, Memory, Tasks, Workers
from . import scheduler_figures
from .base import Observation, ObservedScaling
from .scheduler_comm import SchedulerComm, SchedulerUnreachable

_SIGN_OF_LIFE: Final = 5.0
"""Seconds after which a scheduler tells even if nothing changed; more, where very many are connected to."""

_SIGNS: Final = 50
"""The most signs of life in a second, of all schedulers together."""

_GRACE: Final = 10.0
"""Seconds that it may be late before it counts as unreachable."""

_CLOCK_DRIFT: Final = timedelta(seconds=2)


def _sign_of_life(links: int) -> float:
    """Not the same for all, so that they do not come in one go."""
    return max(_SIGN_OF_LIFE, links // _SIGNS) * random.choice((0.8, 0.85, 0.9, 0.95, 1.0))  # noqa: S311 -- no secret


class SchedulerLink:
    """One open connection; made by :meth:`open`, to be closed with :meth:`close`."""

    _open: ClassVar[WeakSet[SchedulerLink]] = WeakSet()

    def __init__(self, comm: SchedulerComm, interval: float) -> None:
        self._open.add(self)
        self._comm = comm
        self._interval = interval
        self._told: Mapping[str, Any] | None = None
        self._clock: timedelta | None = None

    @classmethod
    async def open(cls, address: str, security: Mapping[str, str], interval: float = 0.5) -> Self:
        """Connect; see :meth:`SchedulerComm.open`. ``interval``: seconds between two looks for what wakes nobody."""
        return await cls.over(await SchedulerComm.open(address, security), interval)

    @classmethod
    async def over(cls, comm: SchedulerComm, interval: float = 0.5) -> Self:
        """Use a connection that is open already."""
        await asyncio.to_thread(scheduler_figures.prepare)
        return cls(comm, interval)

    def close(self) -> None:
        """Close at once; closing again does nothing."""
        self._open.discard(self)
        self._comm.close()

    async def next(self) -> Observation:
        """The figures: the first time as they are, then once they differ from those before, or after some seconds as they are.

        Raises
        ------
        SchedulerUnreachable
            The connection ended, or nothing came in time.
        """
        longest = _sign_of_life(len(self._open))
        told = await self._comm.ask(scheduler_figures.as_message(self._told, self._interval, longest), longest + _GRACE)
        try:
            figures, now = told["figures"], datetime.fromtimestamp(told["now"], UTC)
            seen = observation(figures, self._behind(now))
        except (KeyError, TypeError, ValueError, OverflowError):
            raise SchedulerUnreachable("The scheduler's figures can't be read. Its version of Dask may not be supported.") from None
        # A feed answers once more, with nothing, when it has ended.
        await self._comm.read(_GRACE)
        self._told = figures
        return seen

    def _behind(self, their_now: datetime) -> timedelta:
        """How far the scheduler's clock is behind ours. Kept while it fits, so that the same moment of theirs stays the same of ours."""
        behind = datetime.now(UTC) - their_now
        if self._clock is None or abs(behind - self._clock) > _CLOCK_DRIFT:
            self._clock = behind
        return self._clock


def observation(told: Mapping[str, Any], behind: timedelta) -> Observation:
    """From what a scheduler tells to an observation.

    Parameters
    ----------
    told
        The figures of :func:`.scheduler_figures.telling`.
    behind
        What to add to the scheduler's times.
    """
    ready = told["workers"]
    requested = told.get("count")
    scaling = None
    if requested is not None:
        if told["adaptive"]:
            scaling = ObservedScaling("adaptive", minimum=told["minimum"] or 0, maximum=told["maximum"])
        else:
            scaling = ObservedScaling("manual", count=requested)
    return Observation(
        workers=Workers(ready=ready, requested=requested, arriving=None if requested is None else max(0, requested - ready)),
        cores=told["cores"],
        memory=Memory(limit=told["memory_limit"], used=told["memory_used"]),
        tasks=Tasks(processing=told["processing"], waiting=told["waiting"], erred=told["erred"]),
        scaling=scaling,
        idle=_idle(told, behind),
        clients=len(told["clients"]),
        client_ids=tuple(told["clients"]),
        live=Live(kind="stream", connectable=True),
    )


def _idle(told: Mapping[str, Any], behind: timedelta) -> Idle:
    timeout = told.get("idle_timeout")
    if "idle_since" not in told:
        return Idle(timeout=timeout)
    # Whole seconds, so that the same moment is mostly the same over another connection.
    since = (datetime.fromtimestamp(told["idle_since"], UTC) + behind + timedelta(microseconds=500_000)).replace(microsecond=0)
    return Idle(since=since, timeout=timeout, stops_at=since + timedelta(seconds=timeout) if timeout else None)

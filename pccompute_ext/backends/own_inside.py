"""What goes on inside a cluster of an entry's class: its figures from its scheduler, its size from its supervisor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeVar

import msgspec

from ..detail_models import LogList, WorkerInfo
from ..errors import BackendFailed
from ..models import Idle, Live, Workers
from ..supervisor.files import CONNECTION, read_private
from ..versions import ClusterVersions
from . import scheduler_details, scheduler_versions
from .base import Observation, ObservedScaling
from .own_clusters import Found
from .scheduler_comm import NotConnected, SchedulerComm, SchedulerUnreachable
from .scheduler_link import SchedulerLink

T = TypeVar("T")

_LOOK_EVERY: Final = 1.0
"""Seconds between two looks at what the supervisor tells."""

_RECONNECT_AFTER: Final = 15.0

_HINT: Final = "Its machine may be unreachable from here, or a firewall in between."


class OwnInside:
    """Looks into running clusters.

    Parameters
    ----------
    running
        Gives a running cluster by its name, or raises :class:`WrongState` or :class:`NotFound`.
    """

    def __init__(self, running: Callable[[str], Awaitable[Found]]) -> None:
        self._running = running

    async def observe(self, name: str) -> Observation:
        found = await self._running(name)
        try:
            link = await SchedulerLink.over(await self._open(found))
            try:
                return merged(await link.next(), found)
            finally:
                link.close()
        except SchedulerUnreachable as error:
            return merged(_nothing(error), found)

    async def watch(self, name: str) -> AsyncGenerator[Observation, None]:
        """What the scheduler and the supervisor tell, whenever one of them has something new."""
        loop = asyncio.get_running_loop()
        link: SchedulerLink | None = None
        asking: asyncio.Task[tuple[SchedulerLink, Observation]] | None = None
        seen = last = None
        try:
            while True:
                found = await self._running(name)
                if asking is None:
                    asking, again_at = asyncio.create_task(self._next(found, link)), loop.time() + _RECONNECT_AFTER
                if asking in (await asyncio.wait({asking}, timeout=_LOOK_EVERY))[0]:
                    try:
                        link, seen = asking.result()
                        asking = None
                    except SchedulerUnreachable as error:
                        link, seen = None, _nothing(error)
                        asking = None if loop.time() >= again_at else asyncio.create_task(_fail_again(error, again_at - loop.time()))
                if seen is not None and (shown := merged(seen, await self._running(name))) != last:
                    last = shown
                    yield shown
        finally:
            if asking is not None:
                asking.cancel()
                with suppress(SchedulerUnreachable, asyncio.CancelledError):
                    link, _ = await asking
            if link is not None:
                link.close()

    async def workers(self, name: str) -> list[WorkerInfo]:
        return await self._ask(name, scheduler_details.workers)

    async def logs(self, name: str, lines: int) -> LogList:
        return await self._ask(name, lambda comm: scheduler_details.logs(comm, lines))

    async def versions(self, name: str) -> ClusterVersions:
        return await self._ask(name, scheduler_versions.versions)

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _ask(self, name: str, question: Callable[[SchedulerComm], Awaitable[T]]) -> T:
        try:
            comm = await self._open(await self._running(name))
            try:
                return await question(comm)
            finally:
                comm.close()
        except SchedulerUnreachable as error:
            raise BackendFailed(str(error)) from None

    async def _next(self, found: Found, link: SchedulerLink | None) -> tuple[SchedulerLink, Observation]:
        opened = link or await SchedulerLink.over(await self._open(found))
        try:
            return opened, await opened.next()
        except BaseException:
            opened.close()
            raise

    async def _open(self, found: Found) -> SchedulerComm:
        connection = await asyncio.to_thread(read_private, found.directory / CONNECTION)
        if connection is None:
            raise NotConnected("The private file with the scheduler's address and key is gone, so nothing here can connect to it.")
        return await SchedulerComm.open(connection.pop("address"), connection, _HINT)


def merged(seen: Observation, found: Found) -> Observation:
    """The scheduler knows the workers that are there; how many are wanted, and the bounds, only the cluster's own object knows."""
    state = found.state
    ready, requested = seen.workers.ready, state.requested
    arriving = None if ready is None or requested is None else max(0, requested - ready)
    if state.mode == "adaptive":
        scaling = ObservedScaling("adaptive", minimum=state.minimum, maximum=state.maximum)
    else:
        scaling = ObservedScaling("manual", count=state.count)
    return replace(
        seen,
        workers=Workers(ready=ready, requested=requested, arriving=arriving, reason=state.complaint if arriving else None),
        scaling=scaling,
        idle=_idle(seen.idle, found.order.idle_timeout),
    )


def _idle(idle: Idle | None, timeout: float | None) -> Idle | None:
    """The supervisor's idle policy stands beside the scheduler's own: the shorter one counts."""
    if timeout is None:
        return idle
    shorter = min(timeout, (idle and idle.timeout) or timeout)
    since = idle.since if idle else None
    return msgspec.structs.replace(idle or Idle(), timeout=shorter, stops_at=since + timedelta(seconds=shorter) if since else None)


def _nothing(error: SchedulerUnreachable) -> Observation:
    return Observation(live=Live(kind="none", reason=str(error), connectable=False if isinstance(error, NotConnected) else None))


async def _fail_again(error: SchedulerUnreachable, pause: float) -> tuple[SchedulerLink, Observation]:
    await asyncio.sleep(pause)
    raise error

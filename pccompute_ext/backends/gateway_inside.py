"""What goes on inside the clusters of a gateway: told by their schedulers, or read from their pages where those can't be connected to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final, TypeVar

from ..detail_models import LogLine, LogList, LogSource, WorkerInfo
from ..errors import BackendFailed, ComputeError
from ..models import Live
from ..redaction import redact
from ..versions import ClusterVersions
from . import scheduler_details, scheduler_versions
from .base import Observation
from .gateway_http import GatewayHTTP
from .gateway_reports import FullReport
from .gateway_settings import Endpoint
from .pace import Pace
from .scheduler_comm import NotConnected, SchedulerComm, SchedulerUnreachable
from .scheduler_link import SchedulerLink
from .scheduler_pages import SchedulerPages

T = TypeVar("T")

_RECONNECT_AFTER: Final = 15.0
"""Seconds until a scheduler that could not be connected to is tried again."""

_RESUME_AFTER: Final = 1.0
"""Seconds until one is tried again with which there was a connection."""

_PAUSE: Final = 0.03
"""Seconds from one connecting to the next: about three times as long as the event loop has to do with it."""

_SHARE: Final = 0.05
"""The part of the time that pages may take: making them keeps a large cluster's scheduler from its work."""


class ClusterInside:
    """Looks into running clusters.

    Parameters
    ----------
    running
        Gives the report of a cluster, or raises :class:`WrongState` where it does not run.
    reach
        Gives the way to the gateway.
    """

    def __init__(self, running: Callable[[str], Awaitable[FullReport]], reach: Callable[[], Awaitable[tuple[GatewayHTTP, Endpoint]]]) -> None:
        self._running = running
        self._reach = reach
        self._pace = Pace(_PAUSE)
        self._pace_of_questions = Pace(_PAUSE)
        """Of their own, since whoever asks must not wait for the turn of a thousand watches."""
        self._no_way: dict[str, tuple[float, str]] = {}
        """Until when which scheduler is not tried for a single question, and how the last attempt failed; by name."""

    async def observe(self, name: str) -> Observation:
        await self._pace_of_questions.turn()
        report = await self._running(name)
        try:
            link = await self._link(report)
            try:
                return await link.next()
            finally:
                link.close()
        except SchedulerUnreachable as error:
            return await self._from_pages(report, error)

    async def watch(self, name: str, interval: float) -> AsyncGenerator[Observation, None]:
        """What the scheduler tells while it can be reached; until then, and where it can't, its pages every ``interval`` seconds."""
        last: Observation | None = None
        reason: SchedulerUnreachable | None = None
        while True:
            # Its turn comes before any request: a thousand that wait for it must not ask for their pages meanwhile.
            await self._pace.turn()
            report = await self._running(name)
            again = _RECONNECT_AFTER
            connecting = asyncio.create_task(self._link(report))
            try:
                while not (await asyncio.wait({connecting}, timeout=interval))[0]:
                    last = _steady(await self._from_pages(report, reason), last)
                    yield last
                link = await connecting
                while True:
                    observation = await link.next()
                    again = _RESUME_AFTER
                    if observation != last:
                        last = observation
                        yield observation
            except SchedulerUnreachable as error:
                reason = error
            finally:
                connecting.cancel()
                with suppress(SchedulerUnreachable, asyncio.CancelledError):
                    (await connecting).close()
            now = asyncio.get_running_loop().time
            end = now() + again
            while now() < end:
                began = now()
                last = _steady(await self._from_pages(report, reason), last)
                yield last
                await asyncio.sleep(min(max(interval, (now() - began) / _SHARE), max(0.0, end - now())))

    async def workers(self, name: str) -> list[WorkerInfo]:
        return await self._ask(name, scheduler_details.workers, lambda pages: pages.workers())

    async def logs(self, name: str, lines: int) -> LogList:
        found = await self._ask(name, lambda comm: scheduler_details.logs(comm, lines), lambda pages: pages.logs(lines))
        return await asyncio.to_thread(_without_secrets, found, name)

    async def versions(self, name: str) -> ClusterVersions:
        report = await self._running(name)
        try:
            address, security = await self._way(report)
            comm = await SchedulerComm.open(address, security)
            try:
                return await scheduler_versions.versions(comm)
            finally:
                comm.close()
        except SchedulerUnreachable as error:
            raise BackendFailed(str(error)) from None

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _ask(self, name: str, scheduler: Callable[[SchedulerComm], Awaitable[T]], pages: Callable[[SchedulerPages], Awaitable[T]]) -> T:
        """Ask the scheduler, and where it can't be asked, its pages."""
        report = await self._running(name)
        try:
            self._check_way(name)
            comm = await self._noted(name, SchedulerComm.open(*await self._way(report)))
            try:
                return await scheduler(comm)
            finally:
                comm.close()
        except SchedulerUnreachable as error:
            found = await self._pages(report)
            if found is None:
                raise BackendFailed(str(error)) from None
            return await pages(found)

    async def _link(self, report: FullReport) -> SchedulerLink:
        return await self._noted(report.public.name, SchedulerLink.open(*await self._way(report)))

    def _check_way(self, name: str) -> None:
        """Spare whoever waits for an answer an attempt that has just failed, and takes seconds to fail."""
        now = asyncio.get_running_loop().time()
        self._no_way = {key: known for key, known in self._no_way.items() if known[0] > now}
        if known := self._no_way.get(name):
            raise NotConnected(known[1])

    async def _noted(self, name: str, opening: Awaitable[T]) -> T:
        try:
            opened = await opening
        except NotConnected as error:
            self._no_way[name] = asyncio.get_running_loop().time() + 2 * _RECONNECT_AFTER, str(error)
            raise
        self._no_way.pop(name, None)
        return opened

    async def _way(self, report: FullReport) -> tuple[str, dict[str, str]]:
        if report.security is None:
            raise NotConnected("The gateway does not give the key to this cluster's scheduler, so nothing here can connect to it.")
        _, endpoint = await self._reach()
        return f"{endpoint.proxy_address}/{report.public.name}", dict(report.security)

    async def _pages(self, report: FullReport) -> SchedulerPages | None:
        if report.dashboard is None:
            return None
        http, _ = await self._reach()
        return SchedulerPages(http, report.dashboard, report.public.name)

    async def _from_pages(self, report: FullReport, error: SchedulerUnreachable | None) -> Observation:
        """What the pages tell. ``error`` says why the scheduler does not; ``None``: it is being connected to."""
        reason = "The scheduler is being connected to." if error is None else str(error)
        connectable = False if isinstance(error, NotConnected) else None
        with suppress(ComputeError):
            if pages := await self._pages(report):
                return await pages.observe(Live(kind="http", reason=reason, connectable=connectable))
        return Observation(live=Live(kind="none", reason=reason, connectable=connectable))


def _steady(seen: Observation, before: Observation | None) -> Observation:
    """Memory is never still: what is less than a hundredth of all is no change."""
    if before is None or seen.memory.limit is None or seen.memory.limit != before.memory.limit:
        return seen
    used, used_before = seen.memory.used, before.memory.used
    if used is None or used_before is None or abs(used - used_before) >= seen.memory.limit / 100:
        return seen
    return replace(seen, memory=before.memory)


def _without_secrets(logs: LogList, name: str) -> LogList:
    """Thousands of lines: not for the event loop."""

    def clean(line: LogLine) -> LogLine:
        return LogLine(time=line.time, level=line.level, message=redact(line.message, (name, name.rpartition(".")[2])))

    return LogList(
        sources=[LogSource(source=source.source, lines=[clean(line) for line in source.lines], problem=source.problem) for source in logs.sources],
        problem=logs.problem,
    )

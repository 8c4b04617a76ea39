"""What a scheduler shows on its pages, for where its port can't be reached: its figures (fewer, and not pushed), workers and logs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from ..detail_models import LogList, LogSource, WorkerInfo
from ..errors import BackendFailed, ComputeError
from ..models import Live, Memory, Tasks, Workers
from .base import Observation
from .gateway_http import GatewayHTTP
from .log_lines import lines_of_page
from .scheduler_identity import read_by_address, read_workers

_MOST_WORKERS: Final = 20
"""Each worker's log is a page of its own."""

_AT_ONCE: Final = 4


@dataclass(frozen=True)
class SchedulerPages:
    """The pages of one cluster.

    Every method raises :class:`ComputeError` where they can't be reached either.

    Attributes
    ----------
    root
        Path of the cluster's dashboard at the gateway.
    name
        The cluster, to keep its name out of messages.
    """

    http: GatewayHTTP
    root: str
    name: str

    async def observe(self, live: Live) -> Observation:
        """The figures now; ``live`` says why they are not pushed."""
        identity, counts = await asyncio.gather(self._json("identity"), self._json("counts"))
        workers = read_workers(identity)
        try:
            tasks = Tasks(processing=counts["processing"], waiting=counts["waiting"] + counts["unrunnable"], erred=counts["erred"])
            # One of them is the scheduler's own, for results that nobody waits for.
            clients = max(0, counts["clients"] - 1)
        except (KeyError, TypeError):
            raise BackendFailed("The scheduler's page can't be read. Its version of Dask may not be supported.") from None
        return Observation(
            workers=Workers(ready=len(workers)),
            cores=sum(worker.threads for worker in workers),
            memory=Memory(limit=sum(worker.memory.limit or 0 for worker in workers), used=sum(worker.memory.used or 0 for worker in workers)),
            tasks=tasks,
            clients=clients,
            live=live,
        )

    async def workers(self) -> list[WorkerInfo]:
        return read_workers(await self._json("identity"))

    async def logs(self, lines: int) -> LogList:
        """The logs of the scheduler and of the first workers."""
        scheduler, identity = await asyncio.gather(self._page("info/main/logs.html"), self._json("identity"))
        workers = read_by_address(identity)
        gate = asyncio.Semaphore(_AT_ONCE)
        chosen = list(workers.items())[:_MOST_WORKERS]
        sources = await asyncio.gather(*(self._worker_log(gate, address, worker.name, lines) for address, worker in chosen))
        left_out = len(workers) - len(chosen)
        return LogList(
            sources=[await _source("scheduler", scheduler, lines), *sources],
            problem=f"{left_out} more workers are left out: over HTTP, the log of each is a page of its own." if left_out else None,
        )

    async def _worker_log(self, gate: asyncio.Semaphore, address: str, name: str, lines: int) -> LogSource:
        async with gate:
            try:
                page = await self._page(f"info/logs/{quote(address, safe='')}.html")
            except ComputeError as error:
                return LogSource(source=name, lines=[], problem=error.message)
        return await _source(name, page, lines)

    async def _json(self, what: str) -> Any:
        return await self.http.anonymous(f"{self.root}/json/{what}.json", name=self.name)

    async def _page(self, path: str) -> str:
        return await self.http.page(f"{self.root}/{path}", name=self.name)


async def _source(name: str, page: str, lines: int) -> LogSource:
    # A page holds the whole log, up to ten thousand lines: it is not read on the event loop.
    return LogSource(source=name, lines=await asyncio.to_thread(lines_of_page, page, lines))

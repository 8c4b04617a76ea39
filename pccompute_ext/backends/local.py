"""Clusters on this machine, through a gateway that runs beside the Jupyter server and ends with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any, ClassVar

from ..detail_models import LogList, WorkerInfo
from ..errors import NotFound, Unavailable
from ..models import OptionsForm
from ..snippet_models import Snippet
from ..snippets.catalog import machine_ways
from ..snippets.opening import FromFile
from ..snippets.wanted import Wanted
from ..versions import ClusterVersions
from .base import Backend, ClusterReport, DashboardTarget, Health, Observation, Scaled
from .gateway import GatewayBackend
from .local_machine import Machine, what_is_missing
from .local_process import LocalProcess, clean
from .options_form import options_form

log = logging.getLogger(__name__)


class LocalBackend(Backend):
    """A real Dask Gateway on this machine. It is started with the first cluster, and has none but its own.

    Parameters
    ----------
    directory
        For its files; made where it is missing, private to the user.
    idle_timeout
        Seconds after which a cluster that does nothing is stopped.
    """

    kind: ClassVar[str] = "local"
    runs_here = True

    def __init__(self, *, id: str, label: str, directory: Path, idle_timeout: float = 1800) -> None:
        super().__init__(id=id, label=label)
        self._directory = directory
        self._idle_timeout = idle_timeout
        self._machine: Machine | None = None
        self._process: LocalProcess | None = None
        self._gateway: GatewayBackend | None = None
        self._cleaned = False
        self._changing = asyncio.Lock()

    @property
    def limit(self) -> int | None:
        """One worker for each core; larger workers are fewer."""
        return self._machine.cores if self._machine else None

    async def close(self, *, stop_clusters: bool) -> None:
        """Stop the gateway with its clusters, in either case: they can't be without it."""
        async with self._changing:
            await self._end()

    async def health(self) -> Health:
        if reason := what_is_missing():
            return Health("unavailable", reason)
        if not self._cleaned:
            async with self._changing:
                await self._clean_once()
        return Health("ready")

    async def options(self) -> OptionsForm:
        self._require()
        machine = await self._measure()
        return options_form(machine.option_fields(), {}, self.limit)

    async def clusters(self) -> list[ClusterReport]:
        gateway = await self._running()
        return await gateway.clusters() if gateway else []

    async def create(self, options: Mapping[str, Any]) -> str:
        self._require()
        gateway = await self._running() or await self._start()
        return await gateway.create(options)

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        return await (await self._needed()).describe(name, wait=wait)

    async def scale(self, name: str, count: int) -> Scaled:
        return await (await self._needed()).scale(name, count)

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        return await (await self._needed()).adapt(name, minimum, maximum)

    async def stop(self, name: str) -> None:
        if gateway := await self._running():
            await gateway.stop(name)

    async def observe(self, name: str) -> Observation:
        return await (await self._needed()).observe(name)

    async def watch(self, name: str, interval: float = 2.0) -> AsyncGenerator[Observation, None]:
        async with aclosing((await self._needed()).watch(name, interval)) as observations:
            async for observation in observations:
                yield observation

    async def workers(self, name: str) -> list[WorkerInfo]:
        return await (await self._needed()).workers(name)

    async def logs(self, name: str, lines: int) -> LogList:
        return await (await self._needed()).logs(name, lines)

    async def versions(self, name: str) -> ClusterVersions:
        return await (await self._needed()).versions(name)

    async def dashboard(self, name: str) -> DashboardTarget | None:
        return await (await self._needed()).dashboard(name)

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        if self._process is None and wanted.cluster is not None:
            raise NotFound("This cluster ended with the gateway on this machine.")
        return machine_ways(FromFile(self._process.connection_file) if self._process else None, wanted)

    async def _running(self) -> GatewayBackend | None:
        """The gateway, where one runs. What is left of one that died is cleaned up."""
        # Nobody waits for a gateway that is being started: until it runs, there is none.
        if self._has_died():
            async with self._changing:
                if self._has_died():
                    log.error("The gateway on this machine ended by itself; its clusters are gone.")
                    await self._end()
        return self._gateway

    def _has_died(self) -> bool:
        return self._process is not None and not self._process.is_running

    async def _needed(self) -> GatewayBackend:
        if gateway := await self._running():
            return gateway
        raise NotFound("There is no such cluster on this machine, or not any more.")

    async def _start(self) -> GatewayBackend:
        machine = await self._measure()
        async with self._changing:
            if self._gateway is None:
                await self._clean_once()
                self._process = await LocalProcess.start(self._directory, machine, self._idle_timeout)
                self._gateway = GatewayBackend(id=self.id, label=self.label, settings=self._process.settings)
            return self._gateway

    async def _end(self) -> None:
        gateway, process = self._gateway, self._process
        self._gateway = self._process = None
        if gateway is not None:
            await gateway.close(stop_clusters=False)
        if process is not None:
            await process.close()

    async def _clean_once(self) -> None:
        if not self._cleaned:
            if ended := await asyncio.to_thread(clean, self._directory):
                log.warning("Ended %d processes that an earlier server had left on this machine.", ended)
            self._cleaned = True

    async def _measure(self) -> Machine:
        if self._machine is None:
            self._machine = await asyncio.to_thread(Machine.this)
        return self._machine

    def _require(self) -> None:
        if reason := what_is_missing():
            raise Unavailable(reason)

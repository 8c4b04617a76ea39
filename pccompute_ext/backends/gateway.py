"""Clusters on a Dask Gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, ClassVar, Final
from urllib.parse import quote

from ..errors import BackendFailed, ComputeError, CredentialNeeded, NotFound, Unavailable, WrongState
from ..models import Live, OptionsForm, Snippet
from ..snippets import connect
from .base import Backend, ClusterReport, DashboardTarget, Health, Observation, Scaled
from .gateway_http import GatewayHTTP
from .gateway_reports import FullReport, read_report, read_reports, read_scaled
from .gateway_settings import Endpoint, GatewaySettings, default_options, resolve, without_credential
from .options_form import options_form
from .scheduler_link import SchedulerLink, SchedulerUnreachable
from .scheduler_pages import observe_pages

_WAIT_TIMEOUT: Final = 40.0
"""Seconds for an answer to ``?wait``; the gateway itself waits for 20 at most."""

_RECONNECT_AFTER: Final = 15.0
"""Seconds until a scheduler that could not be connected to is tried again."""


class GatewayBackend(Backend):
    """A Dask Gateway, inside or outside of a JupyterHub.

    Parameters
    ----------
    settings
        Where it is and how to authenticate; what is left out is as Dask's configuration says.
    """

    kind: ClassVar[str] = "gateway"

    def __init__(self, *, id: str, label: str, settings: GatewaySettings | None = None) -> None:
        super().__init__(id=id, label=label)
        self._settings = settings or GatewaySettings()
        self._endpoint: Endpoint | None = None
        self._http: GatewayHTTP | None = None
        self._resolving = asyncio.Lock()
        self._limit: int | None = None

    @property
    def address(self) -> str | None:
        known = self._endpoint.address if self._endpoint else self._settings.address
        return without_credential(known) if known else None

    @property
    def limit(self) -> int | None:
        return self._limit

    async def close(self, *, stop_clusters: bool) -> None:
        if stop_clusters:
            with suppress(ComputeError):
                for report in await self.clusters():
                    await self.stop(report.name)
        if self._http is not None:
            await self._http.close()

    async def health(self) -> Health:
        try:
            # The gateway's own health check wants no credential, so it would not tell whether ours is good.
            await self._request("GET", "/api/v1/options")
        except CredentialNeeded as error:
            return Health("needs-credential", error.message)
        except Unavailable as error:
            return Health("unavailable", error.message)
        except ComputeError as error:
            return Health("unreachable", error.message)
        return Health("ready")

    async def options(self) -> OptionsForm:
        answer = await self._request("GET", "/api/v1/options")
        fields = answer.get("cluster_options") if isinstance(answer, dict) else None
        if not isinstance(fields, list):
            raise BackendFailed("The gateway's description of its options can't be read. It may be of a version that is not supported.")
        return options_form(fields, await default_options(), self._limit)

    async def clusters(self) -> list[ClusterReport]:
        answer = await self._request("GET", "/api/v1/clusters/?status=PENDING,RUNNING,STOPPING")
        return [report.public for report in read_reports(answer)]

    async def create(self, options: Mapping[str, Any]) -> str:
        body = {"cluster_options": {**await default_options(), **options}}
        answer = await self._request("POST", "/api/v1/clusters/", json=body)
        name = answer.get("name") if isinstance(answer, dict) else None
        if not isinstance(name, str):
            raise BackendFailed("The gateway did not tell the name of the new cluster. It may be of a version that is not supported.")
        return name

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        return (await self._report(name, wait=wait)).public

    async def scale(self, name: str, count: int) -> Scaled:
        return self._learn(await self._request("POST", f"{_path(name)}/scale", json={"count": count}, name=name))

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        body = {"minimum": minimum, "maximum": maximum, "active": True}
        return self._learn(await self._request("POST", f"{_path(name)}/adapt", json=body, name=name))

    async def stop(self, name: str) -> None:
        with suppress(NotFound):
            await self._request("DELETE", _path(name), name=name)

    async def observe(self, name: str) -> Observation:
        report = await self._running(name)
        try:
            link = await self._connect(report)
            try:
                return await link.next()
            finally:
                link.close()
        except SchedulerUnreachable as error:
            return await self._without_scheduler(report, str(error))

    async def watch(self, name: str, interval: float = 2.0) -> AsyncGenerator[Observation, None]:
        """What the scheduler tells while it can be reached; until then, and where it can't, its pages every ``interval`` seconds."""
        while True:
            report = await self._running(name)
            connecting = asyncio.create_task(self._connect(report))
            try:
                while not (await asyncio.wait({connecting}, timeout=interval))[0]:
                    yield await self._without_scheduler(report, "The scheduler is being connected to.")
                link, last = await connecting, None
                while True:
                    observation = await link.next()
                    if observation != last:
                        last = observation
                        yield observation
            except SchedulerUnreachable as error:
                reason = str(error)
            finally:
                connecting.cancel()
                with suppress(SchedulerUnreachable, asyncio.CancelledError):
                    (await connecting).close()
            again = asyncio.get_running_loop().time() + _RECONNECT_AFTER
            while asyncio.get_running_loop().time() < again:
                yield await self._without_scheduler(await self._running(name), reason)
                await asyncio.sleep(interval)

    def snippets(self, name: str) -> list[Snippet]:
        settings = self._settings
        if settings.from_dask_config:
            return [connect.snippet(connect.configured(name))]
        return [connect.snippet(connect.explicit(name, settings.address, settings.proxy_address, settings.auth, settings.auth_kwargs))]

    async def dashboard(self, name: str) -> DashboardTarget | None:
        report = await self._report(name)
        if report.dashboard is None:
            return None
        _, endpoint = await self._resolved()
        return DashboardTarget(without_credential(endpoint.address) + report.dashboard, proxy=endpoint.proxy, secret=name)

    async def _connect(self, report: FullReport) -> SchedulerLink:
        if report.security is None:
            raise SchedulerUnreachable("The gateway does not give the key to this cluster's scheduler.")
        _, endpoint = await self._resolved()
        return await SchedulerLink.open(f"{endpoint.proxy_address}/{report.public.name}", report.security)

    async def _without_scheduler(self, report: FullReport, reason: str) -> Observation:
        if report.dashboard is not None:
            with suppress(ComputeError):
                http, _ = await self._resolved()
                return await observe_pages(http, report.dashboard, report.public.name, reason)
        return Observation(live=Live(kind="none", reason=reason))

    async def _running(self, name: str) -> FullReport:
        report = await self._report(name)
        if report.public.state != "running":
            raise WrongState(f"The cluster is {report.public.state}, so it has no figures.")
        return report

    async def _report(self, name: str, *, wait: bool = False) -> FullReport:
        path = _path(name) + ("?wait" if wait else "")
        return read_report(await self._request("GET", path, name=name, timeout=_WAIT_TIMEOUT if wait else None))

    async def _request(self, method: str, path: str, *, json: object = None, name: str | None = None, timeout: float | None = None) -> Any:
        http, _ = await self._resolved()
        return await http.request(method, path, json=json, name=name, timeout=timeout)

    async def _resolved(self) -> tuple[GatewayHTTP, Endpoint]:
        async with self._resolving:
            if self._http is None or self._endpoint is None:
                self._endpoint = await resolve(self._settings)
                self._http = GatewayHTTP(self._endpoint)
            return self._http, self._endpoint

    def _learn(self, answer: Any) -> Scaled:
        scaled = read_scaled(answer)
        if scaled.limit is not None:
            # A gateway that limits cores or memory allows fewer workers where they are larger; what is known is the most of any cluster.
            self._limit = max(scaled.limit, self._limit or 0)
        return scaled


def _path(name: str) -> str:
    return f"/api/v1/clusters/{quote(name, safe='')}"

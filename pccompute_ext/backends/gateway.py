"""Clusters on a Dask Gateway."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, ClassVar, Final
from urllib.parse import quote

from ..credentials import Credential, CredentialStore
from ..detail_models import LogList, WorkerInfo
from ..errors import BackendFailed, ComputeError, CredentialNeeded, NotFound, Unavailable, WrongState
from ..models import CredentialStatus, OptionsForm
from ..snippet_models import Snippet
from ..snippets.catalog import gateway_ways
from ..snippets.wanted import Wanted
from ..versions import ClusterVersions
from .base import Backend, ClusterReport, CredentialTarget, DashboardTarget, Health, Observation, Scaled
from .gateway_connection import GatewayConnection
from .gateway_http import GatewayHTTP
from .gateway_inside import ClusterInside
from .gateway_place import gateway_place
from .gateway_reports import FullReport, Listed, read_report, read_reports, read_scaled
from .gateway_settings import OPTIONS, Endpoint, GatewaySettings, default_options, without_credential
from .options_form import options_form
from .pace import Pace

_WAIT_TIMEOUT: Final = 40.0
"""Seconds for an answer to ``?wait``; the gateway itself waits for 20 at most."""

_PAUSE: Final = 0.01
"""Seconds from one request for a cluster or a size to the next: about three times as long as the event loop has to do with it."""


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
        self.connection = GatewayConnection(settings or GatewaySettings())
        self._inside = ClusterInside(self._running, self._reach)
        self._pace = Pace(_PAUSE)
        self._limit: int | None = None

    @property
    def address(self) -> str | None:
        return self.connection.address

    @property
    def limit(self) -> int | None:
        return self._limit

    async def close(self, *, stop_clusters: bool) -> None:
        if stop_clusters:
            with suppress(ComputeError):
                for report in await self.clusters():
                    await self.stop(report.name)
        await self.connection.close()

    async def health(self) -> Health:
        try:
            await self._request("GET", OPTIONS)
        except CredentialNeeded as error:
            return Health("needs-credential", error.message)
        except Unavailable as error:
            return Health("unavailable", error.message)
        except ComputeError as error:
            return Health("unreachable", error.message)
        return Health("ready")

    async def options(self) -> OptionsForm:
        answer = await self._request("GET", OPTIONS)
        fields = answer.get("cluster_options") if isinstance(answer, dict) else None
        if not isinstance(fields, list):
            raise BackendFailed("The gateway's description of its options can't be read. It may be of a version that is not supported.")
        return options_form(fields, await default_options(self.connection.settings.image), self._limit)

    async def clusters(self) -> list[ClusterReport]:
        http = (await self.connection.get()).http
        return read_reports(await http.request("GET", "/api/v1/clusters/?status=PENDING,RUNNING,STOPPING", gives=dict[str, Listed]))

    async def create(self, options: Mapping[str, Any]) -> str:
        body = {"cluster_options": {**await default_options(self.connection.settings.image), **options}}
        await self._pace.turn()
        answer = await self._request("POST", "/api/v1/clusters/", json=body)
        name = answer.get("name") if isinstance(answer, dict) else None
        if not isinstance(name, str):
            raise BackendFailed("The gateway did not tell the name of the new cluster. It may be of a version that is not supported.")
        return name

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        return (await self._report(name, wait=wait)).public

    async def scale(self, name: str, count: int) -> Scaled:
        await self._pace.turn()
        return self._learn(await self._request("POST", f"{_path(name)}/scale", json={"count": count}, name=name))

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        body = {"minimum": minimum, "maximum": maximum, "active": True}
        await self._pace.turn()
        return self._learn(await self._request("POST", f"{_path(name)}/adapt", json=body, name=name))

    async def stop(self, name: str) -> None:
        with suppress(NotFound):
            await self._request("DELETE", _path(name), name=name)

    async def observe(self, name: str) -> Observation:
        return await self._inside.observe(name)

    def watch(self, name: str, interval: float = 2.0) -> AsyncGenerator[Observation, None]:
        return self._inside.watch(name, interval)

    async def workers(self, name: str) -> list[WorkerInfo]:
        return await self._inside.workers(name)

    async def versions(self, name: str) -> ClusterVersions:
        return await self._inside.versions(name)

    async def logs(self, name: str, lines: int) -> LogList:
        return await self._inside.logs(name, lines)

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        connected = await self.connection.get()
        return gateway_ways(await gateway_place(self.connection.settings, connected, wanted.origin), wanted)

    async def dashboard(self, name: str) -> DashboardTarget | None:
        report = await self._report(name)
        if report.dashboard is None:
            return None
        endpoint = (await self.connection.get()).endpoint
        return DashboardTarget(without_credential(endpoint.address) + report.dashboard, proxy=endpoint.proxy, secret=name)

    async def reconfigure(self, settings: GatewaySettings) -> None:
        """Go on with other settings, for example another address; what was learned of the former gateway is forgotten."""
        self._limit = None
        await self.connection.change(settings)

    def use_credentials(self, store: CredentialStore) -> None:
        self.connection.use_credentials(store)

    async def credential_target(self) -> CredentialTarget | None:
        credential = (await self.connection.get()).credential
        return credential.target if credential else None

    async def credential(self) -> CredentialStatus | None:
        credential = (await self.connection.get()).credential
        return await credential.status() if credential else None

    async def verify(self, credential: Credential) -> Credential:
        return await self.connection.verify(credential)

    async def _reach(self) -> tuple[GatewayHTTP, Endpoint]:
        connected = await self.connection.get()
        return connected.http, connected.endpoint

    async def _running(self, name: str) -> FullReport:
        report = await self._report(name)
        if report.public.state != "running":
            raise WrongState(f"The cluster is {report.public.state}, so it has no figures.")
        return report

    async def _report(self, name: str, *, wait: bool = False) -> FullReport:
        path = _path(name) + ("?wait" if wait else "")
        return read_report(await self._request("GET", path, name=name, timeout=_WAIT_TIMEOUT if wait else None))

    async def _request(self, method: str, path: str, *, json: object = None, name: str | None = None, timeout: float | None = None) -> Any:
        http = (await self.connection.get()).http
        return await http.request(method, path, json=json, name=name, timeout=timeout)

    def _learn(self, answer: Any) -> Scaled:
        scaled = read_scaled(answer)
        if scaled.limit is not None:
            # A gateway that limits cores or memory allows fewer workers where they are larger; what is known is the most of any cluster.
            self._limit = max(scaled.limit, self._limit or 0)
        return scaled


def _path(name: str) -> str:
    return f"/api/v1/clusters/{quote(name, safe='')}"

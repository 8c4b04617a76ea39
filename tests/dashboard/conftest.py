"""A Jupyter server in this process, a cluster on it, and a hostile server in the place of its dashboard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import yarl
from jupyter_server.serverapp import ServerApp

from pccompute_ext.app import ComputeApp
from pccompute_ext.backends.base import Backend
from pccompute_ext.roster import found_id
from tests.conftest import Api
from tests.dashboard.hostile import NAME, PENDING, BackendOf, HostileDashboard

BROWSES = {"Accept": "text/html,*/*", "Sec-Fetch-Mode": "navigate"}
"""What a browser says when it opens a page."""


@dataclass(frozen=True)
class Reply:
    """An answer, as it came: redirects are not followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Visitor:
    """A client that sends paths as they are.

    Attributes
    ----------
    origin
        Of the server.
    base
        Path of the dashboards' root at the server: ``…/dashboard``.
    credential
        The header that Jupyter knows the user by.
    """

    session: aiohttp.ClientSession
    origin: str
    base: str
    credential: Mapping[str, str]
    app: ComputeApp = field(repr=False)

    def headers(self, extra: Mapping[str, str] | None, known: bool) -> dict[str, str]:
        return {**(self.credential if known else {}), **(extra or {})}

    @asynccontextmanager
    async def ask(
        self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET", known: bool = True
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        url = yarl.URL(self.origin + self.base + path, encoded=True)
        async with self.session.request(method, url, headers=self.headers(headers, known), allow_redirects=False) as response:
            yield response

    async def get(self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET", known: bool = True) -> Reply:
        async with self.ask(path, headers, method=method, known=known) as response:
            return Reply(response.status, response.headers, await response.read())

    async def open(
        self, path: str, headers: Mapping[str, str] | None = None, *, known: bool = True, protocols: tuple[str, ...] = ()
    ) -> aiohttp.ClientWebSocketResponse:
        url = yarl.URL(self.origin.replace("http", "ws", 1) + self.base + path, encoded=True)
        return await self.session.ws_connect(url, headers=self.headers(headers, known), protocols=protocols, max_msg_size=0)

    async def ticket(self) -> str:
        """Open a page as a browser does, and return the part of its path that holds the ticket."""
        reply = await self.get("/status", BROWSES)
        assert reply.status == 302, reply
        location = reply.headers["Location"]
        assert location.startswith("./~"), location
        return "/" + location.removeprefix("./").removesuffix("/status")

    async def until_nothing_is_open(self) -> None:
        """Wait until our side has let go of everything."""
        async with asyncio.timeout(60):
            while self.app.dashboards.sockets or len(self.app.dashboards.tasks):
                await asyncio.sleep(0.01)


@pytest.fixture
def hostile(jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[HostileDashboard]:
    dashboard = HostileDashboard()
    jp_asyncio_loop.run_until_complete(dashboard.start())
    yield dashboard
    jp_asyncio_loop.run_until_complete(dashboard.stop())


@pytest.fixture
def backend(hostile: HostileDashboard) -> BackendOf:
    backend = BackendOf(hostile)
    backend.add(NAME)
    backend.add(PENDING, "pending")
    return backend


@pytest.fixture
def backends(backend: BackendOf) -> list[Backend]:
    return [backend]


@pytest.fixture
def visitor(
    api: Api, server: ServerApp, jp_asyncio_loop: asyncio.AbstractEventLoop, jp_base_url: str, http_server_port: Any, jp_auth_header: dict[str, str]
) -> Iterator[Visitor]:
    async def prepare() -> Visitor:
        assert (await api.request("GET", "clusters")).status == 200
        base = f"{jp_base_url}pccompute/clusters/{found_id('fake', NAME)}/dashboard"
        return Visitor(aiohttp.ClientSession(), f"http://127.0.0.1:{http_server_port[1]}", base, jp_auth_header, api.app)

    visitor = jp_asyncio_loop.run_until_complete(prepare())
    yield visitor
    jp_asyncio_loop.run_until_complete(visitor.session.close())
    jp_asyncio_loop.run_until_complete(visitor.until_nothing_is_open())
    jp_asyncio_loop.run_until_complete(visitor.app.dashboards.close())

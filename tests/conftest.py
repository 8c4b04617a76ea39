"""What all tests share: Jupyter Server's fixtures, the real Dask Gateway, and our API over backends in memory or over a real server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPResponse

from pccompute_ext.app import ComputeApp
from pccompute_ext.backends import registry
from pccompute_ext.backends.base import Backend
from pccompute_ext.testing.fake_backend import FakeBackend
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.server_process import Answer, ServerProcess

pytest_plugins = ["pytest_jupyter.jupyter_server", "pccompute_ext.testing.fixtures", "pccompute_ext.testing.hub_fixtures"]


class StartServer(Protocol):
    """Starts a real server; the same ``name`` gives the same directory."""

    def __call__(self, environment: Mapping[str, str], *, name: str = "server", script: str = "", **traits: Any) -> ServerProcess: ...


@dataclass(frozen=True)
class Api:
    """The REST API of a server in this process."""

    fetch: Callable[..., Any]
    app: ComputeApp

    async def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, object] | None = None,
    ) -> Answer:
        """Ask; an answer of any status is returned. ``path`` is below the namespace."""
        content = raw if body is None else json.dumps(body).encode()
        response: HTTPResponse = await self.fetch(
            *filter(None, ("pccompute", path)),
            method=method,
            body=content,
            headers=dict(headers or {}),
            params=dict(params or {}),
            allow_nonstandard_methods=True,
            raise_error=False,
            request_timeout=120,
        )
        is_json = "json" in response.headers.get("Content-Type", "") and response.body
        return Answer(response.code, json.loads(response.body) if is_json else response.body.decode(errors="replace"), response.headers)


@pytest.fixture
def fake() -> FakeBackend:
    """The backend in memory that ``api`` serves."""
    return FakeBackend(limit=4)


@pytest.fixture
def backends(fake: FakeBackend) -> list[Backend]:
    """The backends that ``api`` serves; a test module may have its own."""
    return [fake]


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {
        "ServerApp": {"jpserver_extensions": {"pccompute_ext": True, "jupyter_server_terminals": False}},
        # Where tests run on a machine of Azure, it would answer; and who runs them may have a subscription.
        "ComputeApp": {"metadata_url": "", "azure_subscription": False},
    }


@pytest.fixture
def server(jp_serverapp: ServerApp, jp_asyncio_loop: Any, backends: list[Backend], monkeypatch: pytest.MonkeyPatch) -> ServerApp:
    """A started server in this process."""

    async def build(*_: Any) -> list[Backend]:
        return backends

    monkeypatch.setattr(registry, "build", build)
    jp_asyncio_loop.run_until_complete(jp_serverapp.extension_manager.start_all_extensions())  # type: ignore[no-untyped-call]
    return jp_serverapp


@pytest.fixture
def api(server: ServerApp, jp_fetch: Callable[..., Any]) -> Api:
    """The REST API over ``backends``."""
    (app,) = server.extension_manager.extension_apps["pccompute_ext"]
    return Api(jp_fetch, app)


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """A factory of real servers, all of which end with the test."""
    started: dict[str, ServerProcess] = {}

    def start(environment: Mapping[str, str], *, name: str = "server", script: str = "", **traits: Any) -> ServerProcess:
        server = started[name] = ServerProcess(tmp_path / name, environment, traits, script)
        server.start()
        return server

    try:
        yield start
    finally:
        for server in started.values():
            server.close()


@pytest.fixture
def gateway_server(start_server: StartServer, gateway_user: GatewayUser) -> ServerProcess:
    """A real server for which Dask's environment variables name the real gateway."""
    return start_server(gateway_user.environment)

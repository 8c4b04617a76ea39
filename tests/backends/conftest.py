from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.backends.local import LocalBackend
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.azure.kit import sign_in, subscription
from tests.azure.stub.azure import running
from tests.own.kit import ended, machine


def settings_for(gateway: GatewayProcess, username: str = "alice", **changes: object) -> GatewaySettings:
    values = {"address": gateway.address, "auth": "basic", "auth_kwargs": {"username": username, "password": gateway.password}, **changes}
    return GatewaySettings(**values)  # type: ignore[arg-type]


@pytest.fixture
def gateway(jp_asyncio_loop: asyncio.AbstractEventLoop, gateway_user: GatewayUser) -> Iterator[GatewayBackend]:
    """A user of the gateway that all tests share."""
    backend = GatewayBackend(id="gateway", label="Gateway", settings=settings_for(gateway_user.gateway, gateway_user.name))
    yield backend
    jp_asyncio_loop.run_until_complete(backend.close(stop_clusters=True))


@pytest.fixture
def local(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[LocalBackend]:
    """A gateway on this machine, not started yet."""
    backend = LocalBackend(id="local", label="This machine", directory=tmp_path / "local")
    yield backend
    jp_asyncio_loop.run_until_complete(backend.close(stop_clusters=True))


@pytest.fixture
def own(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[OwnBackend]:
    """Dask's own clusters of local processes, each run by a supervisor."""
    backend = machine(tmp_path / "own")
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))


@pytest.fixture
def azure(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnBackend]:
    """Virtual machines of Azure's, on a stand-in for it."""
    with running() as stand_in:
        sign_in(stand_in, monkeypatch)
        arguments = {**stand_in.arguments, "worker_options": {"nthreads": 1}}
        backend = subscription(tmp_path, defaults=arguments, limits={"workers": 2})
        yield backend
        jp_asyncio_loop.run_until_complete(ended(backend))
        assert (stand_in.resources(), stand_in.machines()) == ([], {})


@pytest.fixture(params=["gateway", "local", "own", "azure"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """One backend of each kind, on real servers."""
    made: Backend = request.getfixturevalue(request.param)
    return made

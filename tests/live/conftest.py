"""A server in this process over the real gateway, with somebody who hears its events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp

from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.backends.ports import free_port
from pccompute_ext.events.emit import CLUSTER_STATUS
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import Api

PATIENCE = 90.0

Cluster = dict[str, Any]


@dataclass
class Listener:
    """Hears the server's event bus, as a browser does, and keeps the latest of each cluster."""

    api: Api
    events: list[Cluster] = field(default_factory=list)

    async def hear(self, logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        if data["cluster"] is not None:
            self.events.append(data["cluster"])

    def latest(self, id: str) -> Cluster | None:
        return next((cluster for cluster in reversed(self.events) if cluster["id"] == id), None)

    async def until(self, id: str, met: Callable[[Cluster], object], what: str) -> Cluster:
        """Wait for an event. Nothing is asked for meanwhile."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not ((cluster := self.latest(id)) and met(cluster)):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"Waited in vain for {what}; the latest is {self.latest(id)}") from None
        return cluster

    async def running(self, **request: Any) -> str:
        """Create a cluster, and wait until it runs and is watched."""
        await self.api.request("GET", "clusters")
        answer = await self.api.request("POST", "clusters", {"backend": "gateway", **request})
        assert answer.status == 202, answer
        id: str = answer.body["id"]
        await self.until(id, lambda cluster: cluster["state"] == "running" and cluster["live"]["kind"] != "none", "a cluster that is watched")
        return id

    async def stop(self, id: str) -> None:
        assert (await self.api.request("DELETE", f"clusters/{id}")).status == 204

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Keep the lease alive, as a visible panel does."""

        async def poll() -> None:
            while True:
                await self.api.request("GET", "clusters")
                await asyncio.sleep(8)

        polling = asyncio.create_task(poll())
        try:
            yield
        finally:
            polling.cancel()
            await asyncio.wait({polling})


@pytest.fixture
def proxy_address() -> str | None:
    """Where schedulers are reached; a test module may have its own."""
    return None


def settings_for(user: GatewayUser, proxy_address: str | None = None) -> GatewaySettings:
    kwargs = {"username": user.name, "password": user.gateway.password}
    return GatewaySettings(address=user.gateway.address, proxy_address=proxy_address, auth="basic", auth_kwargs=kwargs)


@pytest.fixture
def backends(gateway_user: GatewayUser, proxy_address: str | None) -> list[Backend]:
    return [GatewayBackend(id="gateway", label="Gateway", settings=settings_for(gateway_user, proxy_address))]


@pytest.fixture
def closed_port() -> str:
    return f"gateway://127.0.0.1:{free_port()}"


@pytest.fixture
def listener(api: Api, server: ServerApp) -> Iterator[Listener]:
    listener = Listener(api)
    bus = server.event_logger
    assert bus is not None
    bus.add_listener(schema_id=CLUSTER_STATUS, listener=listener.hear)
    yield listener
    bus.remove_listener(listener=listener.hear)

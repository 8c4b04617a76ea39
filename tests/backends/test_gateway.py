"""What a Dask Gateway does beyond the contract, on real ones."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import dask.config
import pytest

from pccompute_ext.backends.base import Health, ObservedScaling
from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.backends.ports import free_port
from pccompute_ext.errors import BackendFailed, CredentialNeeded, WrongState
from pccompute_ext.snippets.wanted import Wanted
from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_server import BROKEN_IMAGE, STUCK_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser

from .conftest import settings_for
from .kit import PATIENCE, running, seen, state_of, until

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def own(jp_asyncio_loop: asyncio.AbstractEventLoop, own_gateway: GatewayProcess) -> Iterator[GatewayBackend]:
    """A backend on a gateway that the test may stop."""
    backend = GatewayBackend(id="own", label="Own", settings=settings_for(own_gateway))
    yield backend
    jp_asyncio_loop.run_until_complete(backend.close(stop_clusters=False))


@pytest.fixture
def blocked(jp_asyncio_loop: asyncio.AbstractEventLoop, gateway_user: GatewayUser) -> Iterator[GatewayBackend]:
    """A backend that can't reach schedulers: as from a laptop, with the hub's scheduler port closed."""
    settings = settings_for(gateway_user.gateway, gateway_user.name, proxy_address=f"gateway://127.0.0.1:{free_port()}")
    backend = GatewayBackend(id="blocked", label="Blocked", settings=settings)
    yield backend
    jp_asyncio_loop.run_until_complete(backend.close(stop_clusters=True))


async def test_a_cluster_that_does_not_start_is_failed(gateway: GatewayBackend) -> None:
    name = await gateway.create({"image": BROKEN_IMAGE})

    async def failed() -> bool:
        return (await gateway.describe(name, wait=True)).state == "failed"

    await until(failed, "the failure")
    assert (await gateway.describe(name)).reason
    assert await gateway.clusters() == []
    await gateway.stop(name)
    assert await state_of(gateway, name) == "failed"


async def test_a_pending_cluster_is_listed_and_can_be_stopped(gateway: GatewayBackend) -> None:
    name = await gateway.create({"image": STUCK_IMAGE})
    (listed,) = await gateway.clusters()
    assert (listed.name, listed.state) == (name, "pending")
    with pytest.raises(WrongState, match="pending"):
        await gateway.observe(name)
    with pytest.raises(WrongState, match="this cluster is not running"):
        await gateway.scale(name, 1)
    await gateway.stop(name)

    async def stopped() -> bool:
        return await state_of(gateway, name) == "stopped"

    await until(stopped, "the end of the cluster")


async def test_clusters_made_elsewhere_are_listed_and_those_of_others_are_not(gateway: GatewayBackend, gateway_user: GatewayUser) -> None:
    name = gateway_user.create(worker_cores=2)
    assert [report.name for report in await gateway.clusters()] == [name]
    stranger = GatewayBackend(id="x", label="X", settings=settings_for(gateway_user.gateway, "stranger"))
    try:
        assert await stranger.clusters() == []
        with pytest.raises(CredentialNeeded, match="User stranger lacks permissions to view this cluster"):
            await stranger.describe(name)
    finally:
        await stranger.close(stop_clusters=True)
    assert [report.name for report in await gateway.clusters()] == [name]


async def test_changes_of_size_made_elsewhere_are_seen(gateway: GatewayBackend, gateway_user: GatewayUser) -> None:
    name = await running(gateway)
    gateway_user.adapt(name, 0, 2)
    await seen(gateway, name, lambda observation: observation.scaling == ObservedScaling("adaptive", minimum=0, maximum=2))
    gateway_user.scale(name, 0)
    await seen(gateway, name, lambda observation: observation.scaling == ObservedScaling("manual", count=0))


async def test_what_dask_configuration_says_is_used(jp_asyncio_loop: object, configured_gateway: GatewayUser) -> None:
    backend = GatewayBackend(id="configured", label="Configured")
    with dask.config.set({"gateway.cluster.options": {"profile": "spot", "worker_cores": 2}}):
        try:
            addresses = [backend.address]
            assert await backend.health() == Health("ready")
            addresses.append(backend.address)
            assert addresses == [None, configured_gateway.gateway.address]
            form = await backend.options()
            assert (form.defaults["profile"], form.defaults["worker_cores"]) == ("spot", 2)
            name = await backend.create({"worker_cores": 1})
            options = (await backend.describe(name)).options
            assert (options["profile"], options["worker_cores"]) == ("spot", 1)
            assert "GatewayCluster.from_name" in (await backend.snippets(Wanted(name)))[0].code
        finally:
            await backend.close(stop_clusters=True)


async def test_a_credential_that_is_wrong_is_told_and_works_nowhere(jp_asyncio_loop: object, gateway_user: GatewayUser) -> None:
    kwargs = {"username": gateway_user.name, "password": "wrong"}
    backend = GatewayBackend(id="x", label="X", settings=GatewaySettings(gateway_user.gateway.address, auth="basic", auth_kwargs=kwargs))
    try:
        health = await backend.health()
        assert health.state == "needs-credential"
        assert health.reason
        for ask in (backend.options(), backend.clusters(), backend.create({}), backend.describe("x"), backend.stop("x")):
            with pytest.raises(CredentialNeeded):
                await ask
    finally:
        await backend.close(stop_clusters=True)


async def test_a_credential_that_is_missing_is_told(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, gateway_user: GatewayUser) -> None:
    monkeypatch.delenv("JUPYTERHUB_API_TOKEN", raising=False)
    backend = GatewayBackend(id="x", label="X", settings=GatewaySettings(gateway_user.gateway.address, auth="jupyterhub"))
    health = await backend.health()
    assert health.state == "needs-credential"
    assert "JUPYTERHUB_API_TOKEN" in (health.reason or "")
    await backend.close(stop_clusters=True)


async def test_nobody_there(jp_asyncio_loop: object) -> None:
    backend = GatewayBackend(id="x", label="X", settings=GatewaySettings(f"http://127.0.0.1:{free_port()}", auth="basic"))
    health = await backend.health()
    assert health.state == "unreachable"
    assert "can't be reached" in (health.reason or "")
    with pytest.raises(BackendFailed):
        await backend.clusters()
    await backend.close(stop_clusters=True)


async def test_with_the_scheduler_out_of_reach_its_pages_tell(gateway: GatewayBackend, blocked: GatewayBackend) -> None:
    name = await running(gateway)
    await blocked.scale(name, 1)
    one = await seen(blocked, name, lambda observation: observation.workers.ready == 1)
    assert (one.live.kind, one.workers.requested, one.scaling, one.cores) == ("http", None, None, 1)
    assert one.live.reason
    assert one.memory.limit
    observed = await blocked.observe(name)
    assert observed.live.kind == "http"
    assert "can't be connected to" in (observed.live.reason or "")
    assert name not in (observed.live.reason or "")


async def test_a_scheduler_port_that_never_answers_delays_nothing(
    jp_asyncio_loop: object, gateway: GatewayBackend, gateway_user: GatewayUser
) -> None:
    name = await running(gateway)

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        backend = GatewayBackend(id="x", label="X", settings=settings_for(gateway_user.gateway, gateway_user.name, proxy_address=port))
        observation = await seen(backend, name, lambda observation: observation.live.kind == "http")
        assert observation.live.reason == "The scheduler is being connected to."
        observed = await backend.observe(name)
        assert "does not answer" in (observed.live.reason or "")
        assert observed.workers.ready == 0
        await backend.close(stop_clusters=False)


async def test_a_gateway_that_is_killed_and_started_again(own: GatewayBackend, own_gateway: GatewayProcess) -> None:
    name = await running(own)
    await own.scale(name, 1)
    await seen(own, name, lambda observation: observation.workers.ready == 1)

    own_gateway.kill()
    assert (await own.health()).state == "unreachable"
    with pytest.raises(BackendFailed):
        await own.clusters()

    await asyncio.to_thread(own_gateway.start)
    assert await own.health() == Health("ready")
    assert [report.name for report in await own.clusters()] == [name]
    back = await seen(own, name, lambda observation: observation.live.kind == "stream")
    assert (back.workers.ready, back.scaling) == (1, ObservedScaling("manual", count=1))


async def test_a_watch_says_that_the_gateway_is_gone(own: GatewayBackend, own_gateway: GatewayProcess) -> None:
    name = await running(own)
    async with asyncio.timeout(PATIENCE), aclosing(own.watch(name, interval=0.2)) as observations:
        await anext(observations)
        own_gateway.kill()
        with pytest.raises(BackendFailed):
            async for _ in observations:
                pass


async def test_behind_a_prefix_as_on_a_hub(jp_asyncio_loop: object) -> None:
    gateway = GatewayProcess(prefix="/services/dask-gateway")
    try:
        gateway.start()
        backend = GatewayBackend(id="hub", label="Hub", settings=settings_for(gateway, address=f"{gateway.address}/"))
        name = await running(backend)
        await backend.scale(name, 1)
        one = await seen(backend, name, lambda observation: observation.workers.ready == 1)
        assert one.live.kind == "stream"
        await backend.close(stop_clusters=True)
    finally:
        gateway.close()


async def test_an_idle_cluster_tells_when_it_will_be_stopped(jp_asyncio_loop: object) -> None:
    gateway = GatewayProcess(idle_timeout=600)
    try:
        gateway.start()
        backend = GatewayBackend(id="idle", label="Idle", settings=settings_for(gateway))
        idle = (await backend.observe(await running(backend))).idle
        assert idle is not None
        assert idle.since is not None
        assert idle.stops_at is not None
        assert (idle.stops_at - idle.since).total_seconds() == 600
        await backend.close(stop_clusters=False)
    finally:
        gateway.close()

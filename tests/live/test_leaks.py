"""Clusters come and go, and nothing of them stays in the server: no task, no object, no memory, no connection."""

from __future__ import annotations

import asyncio
import gc
import logging
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.manager import ClusterManager
from pccompute_ext.models import CreateCluster, Manual, ScaleCluster
from pccompute_ext.records import Records
from pccompute_ext.testing.fake_backend import FakeBackend
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.timings import Timings
from pccompute_ext.watcher import Watcher
from tests.manager_kit import QUICK

from .conftest import PATIENCE, settings_for

# The first needs no gateway, but too long for a unit test.
pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

CYCLES = 500
# Some KiB for each cycle would be far more; ids of ended clusters are remembered on purpose, up to a bound.
GROWTH = 512 * 1024

OURS = ("Entry", "Record", "Lane", "Change", "Task", "Cluster", "Observation", "SchedulerLink", "SchedulerComm", "TLS", "ClientResponse")


def objects() -> Counter[str]:
    """How many there are of the kinds that a cluster needs."""
    # What was there when Dask was imported is left out of what Python tells otherwise.
    gc.unfreeze()
    gc.collect()
    return Counter(kind for item in gc.get_objects() if (kind := type(item).__name__) in OURS)


def held(process: psutil.Process) -> Counter[str]:
    """What this process holds: the objects, its open files and connections, and the tasks that run."""
    return objects() + Counter({"open files": process.num_fds(), "running tasks": len(asyncio.all_tasks())})


async def cycle(manager: ClusterManager, backend_id: str) -> None:
    """Create, watch, scale and stop one cluster, and wait until it is forgotten."""
    cluster = await manager.create(CreateCluster(backend=backend_id, scaling=Manual(count=0)))
    while (now := await manager.get(cluster.id)).state != "running" or now.live.kind != "stream":
        assert now.state in ("pending", "running"), now
        manager.renew_lease()
        await asyncio.sleep(0.001)
    await manager.scale(cluster.id, ScaleCluster(count=1))
    await manager.workers(cluster.id)
    await manager.logs(cluster.id, 5)
    await manager.stop(cluster.id)
    while any(listed.id == cluster.id for listed in (await manager.clusters()).clusters):
        await asyncio.sleep(0.001)


async def kept(more: Callable[[], Counter[str]]) -> Counter[str]:
    """What is more than before, and stays so.

    Connections end a moment after they are closed, and the watcher goes on meanwhile: at any one time it may be asking for the list.
    """
    until = asyncio.get_running_loop().time() + PATIENCE
    while (left := more()) and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.2)
    return left


async def test_500_clusters_in_memory(jp_asyncio_loop: object, tmp_path: Path) -> None:
    log = logging.getLogger("test.leaks")
    backend = FakeBackend()
    manager = ClusterManager([backend], Records(tmp_path, log), log, timings=QUICK)
    await manager.start()
    watcher = Watcher(manager)
    watcher.start()
    tracemalloc.start()
    try:
        before, size = objects(), 0
        for number in range(CYCLES):
            await cycle(manager, "fake")
            backend.known.clear()
            backend.scalings.clear()
            if number == CYCLES // 5:
                await settled()
                before, size = objects(), tracemalloc.get_traced_memory()[0]
        await settled()
        grown = tracemalloc.get_traced_memory()[0] - size
        assert not backend.watching.total()
        assert await kept(lambda: objects() - before) == Counter()
        assert grown < GROWTH
    finally:
        tracemalloc.stop()
        await watcher.close()
        await manager.close()
    assert not list(tmp_path.rglob("*.json"))


async def settled() -> None:
    """Let what is under way come to its end."""
    count = -1
    while count != (count := len(asyncio.all_tasks())):
        await asyncio.sleep(0.2)


async def test_connections_to_real_schedulers_are_closed(jp_asyncio_loop: object, tmp_path: Path, gateway_user: GatewayUser) -> None:
    log = logging.getLogger("test.leaks")
    backend = GatewayBackend(id="gateway", label="Gateway", settings=settings_for(gateway_user))
    manager = ClusterManager([backend], Records(tmp_path, log), log, timings=Timings(list_every=0.5, lease=3600, look_after=0.1))
    await manager.start()
    watcher = Watcher(manager)
    watcher.start()
    process = psutil.Process()
    try:
        # The first makes what stays: imports, the session with the gateway, the threads of the loop's pool.
        await cycle(manager, "gateway")
        await settled()
        before = held(process)
        for _ in range(2):
            await cycle(manager, "gateway")
        assert await kept(lambda: held(process) - before) == Counter()
    finally:
        await watcher.close()
        await manager.close()
        await settled()

"""What happens inside a real cluster is told as it happens, without anybody asking."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime

import pytest

from pccompute_ext.backends import scheduler_link
from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import Api
from tests.scheduler_truth import run

from .conftest import PATIENCE, Listener, settings_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

HOUR = 3600.0

CLIENT = """
import sys
from dask_gateway import Gateway
with Gateway() as gateway, gateway.connect(sys.argv[1]) as cluster, cluster.get_client() as client:
    assert client.submit(sum, [1, 2]).result() == 3
"""


async def test_changes_made_elsewhere_are_told(api: Api, listener: Listener, gateway_user: GatewayUser) -> None:
    async with listener.looking():
        id = await listener.running(scaling={"mode": "manual", "count": 0})
        (name,) = gateway_user.clusters()

        await asyncio.to_thread(gateway_user.scale, name, 1)
        asked = await listener.until(id, lambda cluster: cluster["workers"]["requested"] == 1, "what was asked for elsewhere")
        assert (asked["scaling"]["mode"], asked["scaling"]["count"], asked["scaling"]["source"]) == ("manual", 1, "scheduler")
        joined = await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 1, "the worker")
        assert (joined["workers"]["arriving"], joined["workers"]["reason"], joined["cores"]) == (0, None, 1)
        assert (joined["memory"]["limit"], joined["live"]) == (2**30, {"kind": "stream", "reason": None, "connectable": True})
        starting = [cluster["workers"] for cluster in listener.events if cluster["workers"]["arriving"] == 1]
        assert starting[0]["reason"] == "One worker is still starting."

        (worker,) = (await api.request("GET", f"clusters/{id}/workers")).body["workers"]
        assert (worker["threads"], worker["status"], worker["memory"]["limit"]) == (1, "running", 2**30)
        assert worker["last_seen"]

        await asyncio.to_thread(run, CLIENT, name, environment=gateway_user.environment)
        idle = await listener.until(id, lambda cluster: cluster["clients"] == 0 and cluster["tasks"]["processing"] == 0, "the end of the client")
        assert max(cluster["clients"] or 0 for cluster in listener.events) == 1, "Neither the panel nor its own questions are clients"
        assert datetime.fromisoformat(idle["idle"]["since"]) > datetime.fromisoformat(joined["idle"]["since"]), "Work ends idleness"

        await asyncio.to_thread(gateway_user.adapt, name, 0, 2)
        bounds = await listener.until(id, lambda cluster: cluster["scaling"]["mode"] == "adaptive", "the bounds that were set elsewhere")
        assert (bounds["scaling"]["minimum"], bounds["scaling"]["maximum"], bounds["scaling"]["source"]) == (0, 2, "scheduler")
        await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 0, "the worker's end")
        await listener.stop(id)
    told = [cluster for cluster in listener.events if cluster["id"] == id]
    assert all(one != other for one, other in itertools.pairwise(told)), "An event without a change"


async def test_a_worker_that_joins_is_pushed_not_polled(jp_asyncio_loop: object, gateway_user: GatewayUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler_link, "_SIGN_OF_LIFE", HOUR)
    name = gateway_user.create()
    gateway_user.wait_until_running(name)
    report = gateway_user.clusters()[name]
    security = {"tls_cert": report["tls_cert"], "tls_key": report["tls_key"]}
    # Nothing is looked at and nothing is told for an hour, unless somebody comes or goes.
    link = await scheduler_link.SchedulerLink.open(f"{gateway_user.gateway.proxy_address}/{name}", security, interval=HOUR)
    try:
        async with asyncio.timeout(PATIENCE):
            assert (await link.next()).workers.ready == 0
            for count in (1, 0):
                told = 1
                await asyncio.to_thread(gateway_user.scale, name, count)
                # What was asked for is told first: it was there before the question.
                while (await link.next()).workers.ready != count:
                    told += 1
                assert told <= 3, "Something is told although nothing changed"
    finally:
        link.close()


async def test_looking_does_not_keep_a_cluster_alive(jp_asyncio_loop: object) -> None:
    gateway = GatewayProcess(idle_timeout=4)
    try:
        gateway.start()
        backend = GatewayBackend(id="idle", label="Idle", settings=settings_for(GatewayUser(gateway, "alice")))
        name = await backend.create({})
        async with asyncio.timeout(PATIENCE):
            while (state := (await backend.describe(name, wait=True)).state) == "pending":
                pass
            while state == "running":
                # It may end at any moment.
                await asyncio.gather(*(ask_once(backend, name) for _ in range(2)), return_exceptions=True)
                await asyncio.sleep(0.1)
                state = (await backend.describe(name)).state
        assert state in ("stopping", "stopped")
        await backend.close(stop_clusters=True)
    finally:
        gateway.close()


async def ask_once(backend: Backend, name: str) -> None:
    await backend.observe(name)
    await backend.workers(name)
    await backend.logs(name, 5)

"""With the scheduler's port closed, as from a laptop behind a firewall, everything but the stream works."""

from __future__ import annotations

import pytest

from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import Api

from .conftest import Listener

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def proxy_address(closed_port: str) -> str:
    return closed_port


async def test_everything_but_the_stream(api: Api, listener: Listener, gateway_user: GatewayUser) -> None:
    async with listener.looking():
        id = await listener.running(scaling={"mode": "manual", "count": 1}, label="Far away")
        (name,) = gateway_user.clusters()

        one = await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 1 and cluster["live"]["connectable"] is False, "the worker")
        assert (one["workers"]["requested"], one["workers"]["arriving"], one["workers"]["reason"]) == (1, 0, None)
        assert (one["cores"], one["memory"]["limit"], one["clients"]) == (1, 2**30, 0)
        assert one["tasks"] == {"processing": 0, "waiting": 0, "erred": 0}
        assert one["live"]["kind"] == "http"
        assert one["live"]["reason"].startswith("The scheduler can't be connected to from here, and not by kernels here either")
        assert one["scaling"]["source"] == "set-here"

        (worker,) = (await api.request("GET", f"clusters/{id}/workers")).body["workers"]
        assert (worker["threads"], worker["status"]) == (1, "running")
        logs = await api.request("GET", f"clusters/{id}/logs", params={"lines": 5})
        scheduler, of_worker = logs.body["sources"]
        assert (scheduler["source"], of_worker["source"]) == ("scheduler", worker["name"])
        for source in (scheduler, of_worker):
            assert 0 < len(source["lines"]) <= 5
            assert {line["level"] for line in source["lines"]} <= {"debug", "info", "warning", "error"}
        assert any("Register worker" in line["message"] for line in scheduler["lines"])
        assert name not in str(logs.body)

        assert (await api.request("POST", f"clusters/{id}/adapt", {"minimum": 0, "maximum": 2})).status == 202
        adaptive = await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 0, "the worker's end")
        assert (adaptive["scaling"]["mode"], adaptive["scaling"]["maximum"], adaptive["scaling"]["source"]) == ("adaptive", 2, "set-here")
        assert adaptive["workers"]["requested"] is None, "What the scheduler wants by now is not known"
        await listener.stop(id)

"""A gateway that is down, restarted, slow, answers nonsense or refuses the credential: the panel says so for that backend and for no other,
keeps what it knew, marked as old, and recovers by itself.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_server import STUCK_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import StartServer
from tests.faulty_gateway import Fault, FaultyGateway
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


@pytest.fixture
def faulty(gateway_process: GatewayProcess) -> Iterator[FaultyGateway]:
    """Stands in front of the shared gateway."""
    front = FaultyGateway(gateway_process.address)
    front.start()
    yield front
    front.close()


@pytest.fixture
def server(start_server: StartServer, gateway_user: GatewayUser, faulty: FaultyGateway) -> ServerProcess:
    """A server with two backends: ``gateway`` through the faulty server, and ``sound`` straight."""
    sound = {"id": "sound", "label": "Sound", "address": gateway_user.gateway.address, "proxy_address": gateway_user.gateway.proxy_address}
    return start_server(gateway_user.environment | {"DASK_GATEWAY__ADDRESS": faulty.address}, gateways=[sound])


def in_trouble(server: ServerProcess) -> dict[str, Any] | None:
    """The problem of the backend ``gateway``, once there is one."""
    return server.problems().get("gateway")


def of_backend(server: ServerProcess, backend: str) -> list[dict[str, Any]]:
    return [cluster for cluster in server.clusters().values() if cluster["backend"] == backend]


def state_of(server: ServerProcess, backend: str) -> tuple[str, str | None]:
    answer = server.request("GET", "backends")
    assert answer.status == 200
    (found,) = (entry for entry in answer.body["backends"] if entry["id"] == backend)
    return found["state"], found["reason"]


@pytest.mark.parametrize(
    ("fault", "code", "state", "status"),
    [
        ("slow", "backend-timeout", "unreachable", 504),
        ("html", "backend-failed", "unreachable", 502),
        ("garbage", "backend-failed", "unreachable", 502),
        ("failing", "backend-failed", "unreachable", 502),
        ("refusing", "needs-credential", "needs-credential", 424),
    ],
)
def test_a_fault_is_told_for_its_backend_and_passes(
    server: ServerProcess, gateway_user: GatewayUser, faulty: FaultyGateway, fault: Fault, code: str, state: str, status: int
) -> None:
    cluster = server.create(options={"image": STUCK_IMAGE}, label="kept")
    assert cluster["id"] in server.clusters()

    faulty.fault = fault
    problem = wait_for(lambda: in_trouble(server), "a word on the backend")
    assert problem["code"] == code
    assert problem["message"]
    assert "<" not in problem["message"], "The page of another program is no message."
    assert "Traceback" not in problem["message"]
    assert set(server.problems()) == {"gateway"}

    # What was known stays, and is marked as old; the other backend's clusters are fresh.
    kept = server.clusters()[cluster["id"]]
    assert (kept["label"], kept["state"], kept["stale"]) == ("kept", "pending", True)
    assert [other["stale"] for other in of_backend(server, "sound")] == [False]
    assert state_of(server, "gateway")[0] == state
    assert state_of(server, "gateway")[1]
    assert state_of(server, "sound") == ("ready", None)

    # A verb that needs the backend says so too, and those of the other backend work.
    answer = server.request("GET", "backends/gateway/options")
    assert (answer.status, answer.body["code"]) == (status, code)
    assert server.request("GET", "backends/sound/options").status == 200

    faulty.heal()
    wait_for(lambda: not server.problems(), "the end of the trouble")
    recovered = server.clusters()[cluster["id"]]
    assert (recovered["label"], recovered["state"], recovered["stale"]) == ("kept", "pending", False)
    assert state_of(server, "gateway") == ("ready", None)
    assert len(gateway_user.clusters()) == 1


def test_a_create_without_an_answer_is_never_a_second_cluster(server: ServerProcess, gateway_user: GatewayUser, faulty: FaultyGateway) -> None:
    assert server.clusters() == {}
    faulty.fault = "slow"
    request = {"backend": "gateway", "id": "00112233445566ff", "options": {"image": STUCK_IMAGE}}
    first = server.request("POST", "clusters", request)
    # The browser gave up and asks again.
    second = server.request("POST", "clusters", request)
    assert [(answer.status, answer.body["id"], answer.body["state"]) for answer in (first, second)] == [(202, request["id"], "pending")] * 2
    faulty.heal()
    wait_for(gateway_user.clusters, "the cluster at the gateway")
    wait_for(lambda: [cluster["id"] for cluster in of_backend(server, "gateway")] == [request["id"]], "the one cluster")
    assert len(gateway_user.clusters()) == 1


def test_the_server_goes_on_while_a_gateway_is_silent(server: ServerProcess, faulty: FaultyGateway) -> None:
    """Thirty seconds of silence hold up nobody else: what others ask is answered before what the silent gateway is asked."""
    assert server.clusters() == {}
    faulty.fault = "slow"
    order: list[str] = []

    def ask() -> None:
        server.request("GET", "backends/gateway/options")
        order.append("options of the silent gateway")

    waiting = threading.Thread(target=ask)
    waiting.start()
    for _ in range(20):
        assert server.request("GET", "status", api="api/").status == 200
    assert server.request("GET", "backends/sound/options").status == 200
    assert server.request("POST", "clusters", {"backend": "sound", "options": {"image": STUCK_IMAGE}}).status == 202
    order.append("the others")
    faulty.heal()
    waiting.join()
    assert order == ["the others", "options of the silent gateway"]


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_gateway_that_is_down_and_comes_back(start_server: StartServer, own_gateway: GatewayProcess, how: str) -> None:
    user = GatewayUser(own_gateway, "ann")
    server = start_server(user.environment)
    cluster = server.create(label="mine", scaling={"mode": "manual", "count": 1})
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")

    getattr(own_gateway, how)()
    problem = wait_for(lambda: in_trouble(server), "a word on the backend")
    assert problem["code"] == "backend-failed"
    kept = server.clusters()[cluster["id"]]
    assert (kept["label"], kept["stale"]) == ("mine", True)
    assert state_of(server, "gateway")[0] == "unreachable"
    refused = server.request("POST", "clusters", {"backend": "gateway"})
    assert (refused.status, refused.body["code"]) == (502, "backend-failed")

    own_gateway.start()
    wait_for(lambda: not server.problems(), "the end of the trouble")
    recovered = server.wait_for_cluster(cluster["id"], lambda seen: not seen["stale"] and seen["workers"]["ready"] == 1, "the worker again")
    assert (recovered["label"], recovered["state"]) == ("mine", "running")
    assert server.request("POST", f"clusters/{cluster['id']}/scale", {"count": 0}).status == 202
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 0, "the worker's end")


def test_a_wrong_password_is_told_and_not_shown(start_server: StartServer, gateway_user: GatewayUser) -> None:
    wrong = gateway_user.environment | {"DASK_GATEWAY__AUTH__KWARGS__PASSWORD": "a-wrong-password"}
    server = start_server(wrong)
    problem = wait_for(lambda: in_trouble(server), "a word on the backend")
    assert problem["code"] == "needs-credential"
    assert state_of(server, "gateway")[0] == "needs-credential"
    answer = server.request("POST", "clusters", {"backend": "gateway"})
    assert (answer.status, answer.body["code"]) == (424, "needs-credential")
    assert "a-wrong-password" not in json.dumps([problem, answer.body]) + server.log.read_text()
    assert server.clusters() == {}

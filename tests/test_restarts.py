"""A server that stops and starts again goes on where it was. On a real gateway."""

from __future__ import annotations

import pytest

from pccompute_ext.testing.gateway_server import STUCK_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import StartServer
from tests.scheduler_truth import ask_scheduler
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_chosen_scaling_is_applied_by_the_next_server(gateway_server: ServerProcess, gateway_user: GatewayUser, how: str) -> None:
    cluster = gateway_server.create(scaling={"mode": "adaptive", "minimum": 1, "maximum": 2}, label="adaptive")
    # At once: the cluster can't be running.
    getattr(gateway_server, how)()
    gateway_server.start()
    # Nobody looks at the panel: what was chosen is applied all the same.
    (name,) = gateway_user.clusters()
    wait_for(lambda: gateway_user.clusters()[name]["status"] == "RUNNING", "the cluster to run")
    wait_for(lambda: ask_scheduler(name, gateway_user.environment).adaptive, "the chosen scaling at the scheduler")
    truth = ask_scheduler(name, gateway_user.environment)
    assert (truth.minimum, truth.maximum) == (1, 2)
    told = gateway_server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "the least of the workers")
    assert told["label"] == "adaptive"
    assert [told["scaling"][key] for key in ("mode", "minimum", "maximum", "confirmed")] == ["adaptive", 1, 2, True]


def test_a_request_that_is_sent_again_to_the_next_server_is_the_same_cluster(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    request = {"id": "00112233445566ff", "options": {"image": STUCK_IMAGE}, "label": "once"}
    gateway_server.create(**request)
    gateway_server.kill()
    gateway_server.start()
    assert gateway_server.create(**request)["id"] == request["id"]
    other = gateway_server.request("POST", "clusters", {"backend": "gateway", **request, "label": "other"})
    assert (other.status, other.body["code"]) == (409, "wrong-state")
    assert len(gateway_user.clusters()) == 1


def test_names_of_clusters_made_elsewhere_are_kept(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    gateway_user.create(image=STUCK_IMAGE)
    (cluster_id,) = wait_for(gateway_server.clusters, "the cluster")
    assert gateway_server.request("PATCH", f"clusters/{cluster_id}", {"label": "from a notebook"}).status == 200
    gateway_server.stop()
    gateway_server.start()
    assert gateway_server.clusters()[cluster_id]["label"] == "from a notebook"


def test_an_operator_can_have_gateway_clusters_end_with_the_server(start_server: StartServer, gateway_user: GatewayUser) -> None:
    server = start_server(gateway_user.environment, at_stop={"gateway": "end"})
    server.create(options={"image": STUCK_IMAGE})
    assert len(gateway_user.clusters()) == 1
    server.stop()
    wait_for(lambda: not gateway_user.clusters(), "the end of the cluster")

"""The defects of the peer with gateway clusters, as users met them: each would fail its test here. On a real gateway, through a real server.

The numbers are those of the list of defects that the project keeps. Two belong to the dashboard and are tested with it, in ``tests/dashboard``: that
it is shown at all (4, ``test_real.py``), and that neither a check of it fetches any URL nor its pages get Jupyter's origin (13, ``test_parts.py``
and ``test_pages.py``).
"""

from __future__ import annotations

import pytest

from pccompute_ext.backends.ports import free_port
from pccompute_ext.testing.gateway_server import STUCK_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import StartServer
from tests.scheduler_truth import ask_scheduler, run
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


def only_name(user: GatewayUser) -> str:
    """The full name of the user's only cluster."""
    (name,) = user.clusters()
    return name


def test_1_adapt_reaches_the_scheduler_and_the_list_goes_on(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create()
    gateway_server.wait_until_running(cluster["id"])
    answer = gateway_server.request("POST", f"clusters/{cluster['id']}/adapt", {"minimum": 1, "maximum": 2})
    assert (answer.status, answer.body["scaling"]["mode"]) == (202, "adaptive")
    truth = ask_scheduler(only_name(gateway_user), gateway_user.environment)
    assert (truth.adaptive, truth.minimum, truth.maximum) == (True, 1, 2)
    scaling = gateway_server.clusters()[cluster["id"]]["scaling"]
    assert (scaling["mode"], scaling["minimum"], scaling["maximum"]) == ("adaptive", 1, 2)


def test_2_options_reach_the_gateway(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    options = {"worker_cores": 2.0, "worker_memory": 1.5, "image": STUCK_IMAGE, "gpu": True, "environment": {"A": "b"}, "profile": "spot"}
    cluster = gateway_server.create(options=options)
    (report,) = gateway_user.clusters().values()
    assert report["options"] == options
    assert gateway_server.clusters()[cluster["id"]]["options"] == options


def test_3_inserted_code_runs_as_it_is(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create(scaling={"mode": "adaptive", "minimum": 0, "maximum": 1})
    gateway_server.wait_until_running(cluster["id"])
    answer = gateway_server.request("GET", f"clusters/{cluster['id']}/snippets")
    assert answer.status == 200
    (connect,) = (snippet for snippet in answer.body["snippets"] if snippet["id"] == "connect")
    assert connect["language"] == "python"
    assert gateway_user.gateway.password not in connect["code"]
    use = "\nprint(type(cluster).__name__, client.submit(sum, [20, 22]).result(timeout=300))\nclient.close()\n"
    assert "GatewayCluster 42" in run(connect["code"] + use, environment=gateway_user.environment)
    # Connecting, and ending the program that was connected, has not ended the cluster.
    assert gateway_server.clusters()[cluster["id"]]["state"] == "running"


def test_5_a_cluster_that_exists_already_is_listed(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    gateway_user.create(image=STUCK_IMAGE)
    (cluster,) = wait_for(gateway_server.clusters, "the cluster in the list").values()
    assert (cluster["backend"], cluster["state"]) == ("gateway", "pending")


def test_6_a_cluster_stopped_elsewhere_does_not_stay_with_its_old_workers(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create(scaling={"mode": "manual", "count": 1})
    gateway_server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
    gateway_user.stop(only_name(gateway_user))

    def gone() -> bool:
        seen = gateway_server.clusters().get(cluster["id"])
        return seen is None or seen["state"] == "stopped"

    wait_for(gone, "the end of the cluster")
    if (seen := gateway_server.clusters().get(cluster["id"])) is not None:
        assert not seen["workers"]["ready"]
        assert not seen["cores"]
        assert gateway_server.request("DELETE", f"clusters/{cluster['id']}").status == 204
    assert cluster["id"] not in gateway_server.clusters()


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_7_no_cluster_is_orphaned_when_the_server_ends(gateway_server: ServerProcess, gateway_user: GatewayUser, how: str) -> None:
    pending = gateway_server.create(options={"image": STUCK_IMAGE}, label="stuck")
    running = gateway_server.create(label="mine", scaling={"mode": "manual", "count": 1})
    gateway_server.wait_until_running(running["id"])
    getattr(gateway_server, how)()
    assert len(gateway_user.clusters()) == 2
    gateway_server.start()
    listed = {cluster_id: (cluster["label"], cluster["state"]) for cluster_id, cluster in gateway_server.clusters().items()}
    assert listed == {pending["id"]: ("stuck", "pending"), running["id"]: ("mine", "running")}
    assert gateway_server.request("DELETE", f"clusters/{running['id']}").status == 204


def test_8_a_blocked_scheduler_port_poisons_nothing(start_server: StartServer, gateway_user: GatewayUser) -> None:
    blocked = {"DASK_GATEWAY__PROXY_ADDRESS": f"gateway://127.0.0.1:{free_port()}"}
    server = start_server(gateway_user.environment | blocked)
    cluster = server.create()
    server.wait_until_running(cluster["id"])
    answer = server.request("POST", f"clusters/{cluster['id']}/scale", {"count": 1})
    assert answer.status == 202
    told = server.wait_for_cluster(cluster["id"], lambda seen: seen["live"]["reason"], "a word on the figures")
    assert told["live"]["kind"] in ("http", "none")
    assert (told["scaling"]["mode"], told["scaling"]["count"], told["scaling"]["source"]) == ("manual", 1, "set-here")
    assert server.problems() == {}
    assert server.request("DELETE", f"clusters/{cluster['id']}").status == 204
    wait_for(lambda: not gateway_user.clusters(), "the end of the cluster at the gateway")


def test_9_a_scale_up_that_is_under_way_can_be_undone(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create()
    gateway_server.wait_until_running(cluster["id"])
    scale = f"clusters/{cluster['id']}/scale"
    assert gateway_server.request("POST", scale, {"count": 2}).status == 202
    # At once: the workers can't have arrived.
    assert gateway_server.request("POST", scale, {"count": 1}).status == 202
    told = gateway_server.wait_for_cluster(
        cluster["id"], lambda seen: seen["workers"]["ready"] == 1 and seen["workers"]["requested"] == 1, "one worker, and no more wanted"
    )
    assert told["scaling"]["count"] == 1
    truth = ask_scheduler(only_name(gateway_user), gateway_user.environment)
    assert (truth.adaptive, truth.count) == (False, 1)


def test_10_a_clamp_is_told_in_the_gateways_words(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create()
    gateway_server.wait_until_running(cluster["id"])
    answer = gateway_server.request("POST", f"clusters/{cluster['id']}/scale", {"count": 50})
    assert answer.status == 202
    told = gateway_server.wait_for_cluster(cluster["id"], lambda seen: seen["scaling"]["confirmed"], "the gateway's answer")
    assert "50" in told["scaling"]["warning"]
    assert "2" in told["scaling"]["warning"]
    assert (told["scaling"]["count"], told["scaling"]["limit"]) == (2, 2)
    assert gateway_server.request("GET", "backends/gateway/options").body["limit"] == 2
    assert ask_scheduler(only_name(gateway_user), gateway_user.environment).count == 2


def test_11_a_new_cluster_is_listed_while_it_pends(gateway_server: ServerProcess) -> None:
    # This image never starts: an answer that waited for the cluster to run would never come.
    cluster = gateway_server.create(options={"image": STUCK_IMAGE})
    assert cluster["state"] == "pending"
    assert gateway_server.clusters()[cluster["id"]]["state"] == "pending"
    assert gateway_server.request("DELETE", f"clusters/{cluster['id']}").status == 204
    wait_for(lambda: cluster["id"] not in gateway_server.clusters(), "the end of the pending cluster")


def test_12_what_is_wrong_has_the_right_code(gateway_server: ServerProcess) -> None:
    unknown = "clusters/" + "0" * 16
    assert gateway_server.request("DELETE", unknown).status == 404
    assert gateway_server.request("PATCH", unknown, {"label": "x"}).status == 404
    assert gateway_server.request("POST", f"{unknown}/scale", {"count": 1}).status == 404
    cluster = gateway_server.create(options={"image": STUCK_IMAGE})
    assert gateway_server.request("POST", f"clusters/{cluster['id']}/scale", {"count": None}).status == 400
    assert gateway_server.request("POST", f"clusters/{cluster['id']}/adapt", {"minimum": None, "maximum": None}).status == 400
    refused = gateway_server.request("POST", "clusters", {"backend": "gateway", "options": {"worker_cores": 99.0}})
    assert (refused.status, refused.body["message"]) == (422, "worker_cores must be <= 8.000000, got 99.0")
    assert list(gateway_server.clusters()) == [cluster["id"]]

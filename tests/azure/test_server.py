"""My Azure subscription through a real Jupyter server, which is told nothing of it but how to sign in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

from .stub.azure import Azure

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def the_backend(server: ServerProcess) -> dict[str, Any]:
    (backend,) = server.request("GET", "backends").body["backends"]
    assert isinstance(backend, dict)
    return backend


def test_it_is_offered_by_itself_and_finds_leftovers(azure: Azure, start_server: StartServer) -> None:
    sign_in = azure.hold("token")
    server = start_server(azure.environment, configured_gateway=False, azure_subscription=None)
    backend = the_backend(server)
    assert (backend["id"], backend["label"], backend["kind"], backend["state"]) == ("azure", "My Azure subscription", "own", "ready")
    assert (backend["finds_leftovers"], backend["region"]["verdict"]) == (True, "same")
    # Nobody has waited for the sign-in.
    assert backend["account"] is None
    sign_in.release()
    account = wait_for(lambda: the_backend(server)["account"], "the account")
    assert account["text"].endswith("in the subscription Research.")

    form = server.request("GET", "backends/azure/options").body
    assert form["schema"]["required"] == ["location", "resource_group", "vnet", "security_group", "vm_size", "docker_image"]
    offers = server.request("POST", "backends/azure/offers", {"options": {"resource_group": "dask"}}).body
    assert (offers["values"]["vnet"], offers["reason"]) == (["dask-vnet"], None)

    azure.add_leftover("1a2b3c4d")
    (leftover,) = server.request("GET", "backends/azure/leftovers").body["leftovers"]
    assert (leftover["cluster"], len(leftover["resources"])) == ("1a2b3c4d", 3)
    assert server.request("DELETE", "backends/azure/leftovers/0000beef").status == 404
    disk = azure.hold("DELETE disks")
    taken = server.request("DELETE", f"backends/azure/leftovers/{leftover['id']}")
    assert (taken.status, taken.body["backend"], taken.body["state"]) == (202, "azure", "stopping")
    wait_for(lambda: server.clusters()[taken.body["id"]]["remains"] == leftover["resources"], "what is still to be deleted")
    disk.release()
    wait_for(lambda: taken.body["id"] not in server.clusters(), "its end")
    assert azure.resources() == []


def test_a_server_ends_while_a_question_has_no_answer(azure: Azure, start_server: StartServer) -> None:
    sign_in = azure.hold("token")
    server = start_server(azure.environment, configured_gateway=False, azure_subscription=None)
    assert the_backend(server)["account"] is None
    assert sign_in.reached.wait(60)
    server.stop()
    sign_in.release()

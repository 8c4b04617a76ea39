"""From outside of a hub: a gateway that a user adds, signs in to, loses the token of, and forgets. On a real hub with a real gateway."""

from __future__ import annotations

from typing import Any

import pytest

from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE
from pccompute_ext.testing.hub_user import HubUser
from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def backend(server: ServerProcess, id: str) -> dict[str, Any]:
    answer = server.request("GET", "backends")
    assert answer.status == 200, answer
    return next(each for each in answer.body["backends"] if each["id"] == id)


def ask(server: ServerProcess, method: str, path: str, body: object = None, *, expect: int = 200) -> Any:
    answer = server.request(method, path, body)
    assert answer.status == expect, answer
    return answer.body


def add_hub(server: ServerProcess, hub: HubProcess) -> str:
    """Add the hub's gateway as the dialog does: from the preset, with the proxy's port corrected."""
    preset = ask(server, "POST", "connect/preset", {"hub": f"{hub.url}/hub/home"})
    assert preset["address"] == hub.gateway_address
    assert preset["token_page"] == f"{hub.url}/hub/token"
    assert preset["scopes"] == [GATEWAY_SCOPE]
    gateway = {
        "label": "The hub",
        "address": preset["address"],
        "proxy_address": hub.gateway.proxy_address,
        "auth": preset["auth"],
        "hub": preset["hub"],
        "image": "example.org/mine:1",
    }
    added = ask(server, "POST", "backends", gateway, expect=201)
    assert added["editable"]
    assert ask(server, "GET", f"backends/{added['id']}")["image"] == "example.org/mine:1"
    id: str = added["id"]
    return id


def stop_all(server: ServerProcess) -> None:
    for id in server.clusters():
        ask(server, "DELETE", f"clusters/{id}", expect=204)
    wait_for(lambda: not server.clusters(), "the end of the clusters")


def test_a_hubs_gateway_from_the_first_token_to_the_last(start_server: StartServer, hub: HubProcess, alice: HubUser) -> None:
    server = start_server({})
    id = add_hub(server, hub)
    path = f"backends/{id}/credential"

    # Nobody is signed in.
    found = wait_for(lambda: (seen := backend(server, id)) and seen["state"] == "needs-credential" and seen, "the gateway's word")
    assert "Sign in" in found["reason"]
    assert f"{hub.url}/hub/token" in found["reason"]
    status = ask(server, "GET", path)
    assert (status["present"], status["kind"], status["origin"]) == (False, "token", hub.url)

    # What is no good is not kept.
    assert "does not accept this token" in ask(server, "PUT", path, {"value": "0" * 32}, expect=424)["message"]
    lacking = alice.mint(["read:users!user"])
    assert GATEWAY_SCOPE in ask(server, "PUT", path, {"value": lacking.value}, expect=424)["message"]
    assert not ask(server, "GET", path)["present"]

    # A good one is told by whose it is and where it is kept.
    token = alice.mint([GATEWAY_SCOPE])
    status = ask(server, "PUT", path, {"value": f" {token.value}\n", "store": "file"})
    assert (status["user"], status["source"], status["usable"], status["removable"]) == (alice.name, "file", True, True)
    assert GATEWAY_SCOPE in status["scopes"]
    assert backend(server, id)["state"] == "ready"
    form = ask(server, "GET", f"backends/{id}/options")
    assert form["defaults"]["image"] == "example.org/mine:1"

    cluster = server.create(backend=id, scaling={"mode": "adaptive", "minimum": 1, "maximum": 2})
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")

    # All of it is there after a restart.
    server.stop()
    server.start()
    assert backend(server, id)["state"] == "ready"
    assert server.clusters()[cluster["id"]]["state"] == "running"

    # The token is withdrawn: the list stays as it was last known.
    alice.revoke(token)
    refused = wait_for(lambda: server.clusters() and (seen := backend(server, id)) and seen["state"] == "needs-credential" and seen, "a refusal")
    assert "Sign in again" in refused["reason"]
    assert not refused["credential"]["usable"]
    # What was listed just before the refusal counts as fresh for a moment.
    server.wait_for_cluster(cluster["id"], lambda seen: seen["stale"], "a list that was refused")
    assert server.problems()[id]["code"] == "needs-credential"

    # And goes on with a new one, which its hub says to end soon.
    soon = alice.mint([GATEWAY_SCOPE, "read:tokens!user"], expires_in=3600)
    status = ask(server, "PUT", path, {"value": soon.value, "store": "session"})
    assert status["expires_soon"]
    assert f"{hub.url}/hub/token" in status["warning"]
    assert (status["source"], list((server.directory / "data" / "pccompute" / "credentials").iterdir())) == ("session", [])
    server.wait_for_cluster(cluster["id"], lambda seen: not seen["stale"], "a list that is true again")

    # It can't be forgotten while somebody would have to pay for what nobody sees.
    assert "still has clusters" in ask(server, "DELETE", f"backends/{id}", expect=409)["message"]
    stop_all(server)
    ask(server, "DELETE", f"backends/{id}", expect=204)
    assert [each["id"] for each in ask(server, "GET", "backends")["backends"]] == []
    ask(server, "GET", path, expect=404)


def test_gateways_side_by_side_with_a_password_each(start_server: StartServer, gateway_user: GatewayUser) -> None:
    server = start_server({})
    gateway = {"label": "One", "address": gateway_user.gateway.address, "proxy_address": gateway_user.gateway.proxy_address, "auth": "basic"}
    first = ask(server, "POST", "backends", gateway, expect=201)["id"]
    credential = {"value": gateway_user.gateway.password, "username": gateway_user.name, "store": "file"}
    assert "user name" in ask(server, "PUT", f"backends/{first}/credential", {"value": "x"}, expect=422)["message"]
    ask(server, "PUT", f"backends/{first}/credential", credential | {"value": "wrong"}, expect=424)
    assert ask(server, "PUT", f"backends/{first}/credential", credential)["user"] == gateway_user.name

    # One that nobody answers for hides nothing.
    second = ask(server, "POST", "backends", {"label": "Two", "address": "http://127.0.0.1:1", "auth": "none"}, expect=201)["id"]
    cluster = server.create(backend=first, options={"image": "stuck"})
    assert server.clusters()[cluster["id"]]["backend"] == first
    assert set(server.problems()) == {second}
    assert {each["id"]: each["state"] for each in ask(server, "GET", "backends")["backends"]} == {first: "ready", second: "unreachable"}

    # Corrected, it is another view of the same gateway.
    changed = ask(server, "PUT", f"backends/{second}", gateway | {"label": "Two, right"})
    assert (changed["label"], changed["state"]) == ("Two, right", "ready")
    assert server.problems() == {}

    # To forget one leaves the credential to the other; after that nothing is left.
    stop_all(server)
    ask(server, "DELETE", f"backends/{second}", expect=204)
    assert backend(server, first)["state"] == "ready"
    ask(server, "DELETE", f"backends/{first}/credential", expect=204)
    assert backend(server, first)["state"] == "needs-credential"
    ask(server, "DELETE", f"backends/{first}", expect=204)
    kept = server.directory / "data" / "pccompute"
    assert [file for file in kept.rglob("*") if file.is_file()] == []


def test_a_configured_gateway_without_its_token_takes_one(start_server: StartServer, hub: HubProcess, alice: HubUser) -> None:
    """The environment of the documentation, word for word, and a token that is pasted later."""
    server = start_server(
        {
            "DASK_GATEWAY__ADDRESS": hub.gateway_address,
            "DASK_GATEWAY__PROXY_ADDRESS": hub.gateway.proxy_address,
            "DASK_GATEWAY__AUTH__TYPE": "jupyterhub",
            "JUPYTERHUB_API_TOKEN": "expired-long-ago",
        }
    )
    wait_for(lambda: backend(server, "gateway")["state"] == "needs-credential", "the refusal of the old token")
    status = ask(server, "PUT", "backends/gateway/credential", {"value": alice.mint([GATEWAY_SCOPE]).value, "store": "session"})
    assert (status["user"], status["source"]) == (alice.name, "session")
    assert backend(server, "gateway")["state"] == "ready"
    ask(server, "DELETE", "backends/gateway/credential", expect=204)
    assert backend(server, "gateway")["state"] == "needs-credential"
    ask(server, "DELETE", "backends/gateway", expect=409)

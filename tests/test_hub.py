"""Inside a hub: a single-user server that has nothing but the hub's environment, at a path with an e-mail address in it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE, IMAGE
from pccompute_ext.testing.hub_user import HubUser
from tests.server_process import wait_for

# A first use starts the hub and a server of each user.
pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

COMPUTE = """
import dask
{code}
print(dask.delayed(sum)([40, 2]).compute())
client.close()
"""


@dataclass(frozen=True)
class Panel:
    """The REST API of a user's server, as the panel there uses it."""

    user: HubUser

    def ask(self, method: str, path: str, body: object = None, *, expect: int = 200) -> Any:
        request = urllib.request.Request(
            f"{self.user.server_url}/pccompute/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.user.operator_token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        assert status == expect, text
        return json.loads(text) if text else None

    def clusters(self) -> dict[str, Any]:
        listed = self.ask("GET", "clusters")
        assert listed["problems"] == []
        return {cluster["id"]: cluster for cluster in listed["clusters"]}

    def backend(self) -> dict[str, Any]:
        backends: list[dict[str, Any]] = self.ask("GET", "backends")["backends"]
        return next(backend for backend in backends if backend["id"] == "gateway")


@pytest.fixture
def panel(alice: HubUser) -> Iterator[Panel]:
    yield from running(alice)


@pytest.fixture
def other_panel(bob: HubUser) -> Iterator[Panel]:
    yield from running(bob)


def running(user: HubUser) -> Iterator[Panel]:
    user.start_server()
    panel = Panel(user)
    try:
        yield panel
        for id in panel.clusters():
            panel.ask("DELETE", f"clusters/{id}", expect=204)
    finally:
        user.stop_server()


def test_on_a_configured_hub_nobody_types_anything(hub: HubProcess, panel: Panel, other_panel: Panel) -> None:
    assert panel.user.server_url.endswith("/user/alice@example.com")
    backend = wait_for(lambda: (seen := panel.backend()) and seen["credential"] and seen, "the credential's owner")
    assert (backend["state"], backend["reason"], backend["editable"]) == ("ready", None, False)
    credential = backend["credential"]
    assert (credential["source"], credential["user"], credential["usable"]) == ("environment", "alice@example.com", True)
    assert GATEWAY_SCOPE in credential["scopes"]
    assert panel.ask("GET", "backends/gateway/options")["defaults"]["image"] == IMAGE

    made = panel.ask("POST", "clusters", {"backend": "gateway", "scaling": {"mode": "adaptive", "minimum": 1, "maximum": 2}}, expect=202)
    wait_for(lambda: panel.clusters()[made["id"]]["workers"]["ready"] == 1, "a worker")
    snippet, *_ = panel.ask("GET", f"clusters/{made['id']}/snippets")["snippets"]
    assert panel.user.run(COMPUTE.format(code=snippet["code"])).splitlines()[-1] == "42"

    # Two users are apart, at the list and at the cluster itself.
    assert other_panel.backend()["state"] == "ready"
    assert other_panel.clusters() == {}
    other_panel.ask("DELETE", f"clusters/{made['id']}", expect=404)

    report = panel.ask("POST", "backends/gateway/check", {})
    states = {step["id"]: step["state"] for step in report["steps"]}
    assert {"failed", "warning"}.isdisjoint(states.values()), report["text"]

    panel.ask("DELETE", f"clusters/{made['id']}", expect=204)
    wait_for(lambda: made["id"] not in panel.clusters(), "the end of the cluster")

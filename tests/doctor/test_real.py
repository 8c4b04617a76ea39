"""The check of a real gateway with a running cluster and a kernel, and of a real hub's tokens in every state."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.cli import program
from pccompute_ext.credentials import Credential, Secret
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE
from pccompute_ext.testing.hub_user import HubUser
from tests.doctor.kit import check, failures, step
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def kernel_of(server: ServerProcess) -> str:
    answer = server.request("POST", "kernels", {"name": "python3"}, api="api/")
    assert answer.status == 201, answer
    id: str = answer.body["id"]
    return id


def ask(server: ServerProcess, method: str, path: str, body: object = None) -> Any:
    answer = server.request(method, path, body)
    assert answer.status == 200, answer
    return answer.body


def test_all_is_well_with_a_running_cluster_and_a_kernel(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    server = gateway_server
    cluster = server.create(scaling={"mode": "manual", "count": 1})
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
    kernel = kernel_of(server)

    # A kernel that is still starting counts as busy.
    def checked() -> Any:
        report = ask(server, "POST", "backends/gateway/check", {"kernel": kernel})
        return report if "busy" not in report["text"] else None

    report = wait_for(checked, "the kernel's start")
    assert {each["id"]: each["state"] for each in report["steps"] if each["state"] != "passed"} == {"region": "skipped"}, report["text"]
    ((name, _),) = gateway_user.clusters().items()
    for secret in (name, gateway_user.gateway.password, server.token):
        assert secret not in json.dumps(report)

    versions = ask(server, "GET", f"clusters/{cluster['id']}/versions?kernel={kernel}")
    assert versions == {"differences": [], "compared": ["kernel", "scheduler", "workers"], "problem": None}
    assert ask(server, "GET", f"clusters/{cluster['id']}/versions")["compared"] == ["server", "scheduler", "workers"]
    assert server.request("GET", f"clusters/{cluster['id']}/versions?kernel=none-such").status == 404

    # The kernel's user sees no trace of it.
    assert server.request("GET", f"kernels/{kernel}", api="api/").body["execution_state"] == "idle"
    assert server.request("DELETE", f"clusters/{cluster['id']}").status == 204


@pytest.fixture
def at_hub(hub: HubProcess) -> GatewaySettings:
    return GatewaySettings(address=hub.gateway_address, proxy_address=hub.gateway.proxy_address, auth="jupyterhub", entered=True)


async def test_a_good_token(jp_asyncio_loop: object, at_hub: GatewaySettings, alice: HubUser) -> None:
    report = await check(at_hub, Credential(Secret(alice.mint([GATEWAY_SCOPE]).value)))
    assert failures(report) == set(), report.text
    assert alice.name in step(report, "credential").detail
    assert step(report, "scheduler").state == "skipped"
    assert "No cluster runs" in step(report, "scheduler").detail


async def test_no_token(jp_asyncio_loop: object, at_hub: GatewaySettings, hub: HubProcess) -> None:
    report = await check(at_hub)
    assert failures(report) == {"credential"}
    assert f"{hub.url}/hub/token" in (step(report, "credential").advice or "")


async def test_a_token_that_was_revoked(jp_asyncio_loop: object, at_hub: GatewaySettings, alice: HubUser) -> None:
    token = alice.mint([GATEWAY_SCOPE])
    alice.revoke(token)
    report = await check(at_hub, Credential(Secret(token.value)))
    assert failures(report) == {"credential"}
    assert "does not accept this token" in step(report, "credential").detail


async def test_a_token_that_lacks_the_scope(jp_asyncio_loop: object, at_hub: GatewaySettings, alice: HubUser) -> None:
    report = await check(at_hub, Credential(Secret(alice.mint(["read:users!user"]).value)))
    assert failures(report) == {"credential"}
    assert f"lacks {GATEWAY_SCOPE}" in step(report, "credential").detail


def test_the_check_from_a_terminal(hub: HubProcess, alice: HubUser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    token = alice.mint([GATEWAY_SCOPE]).value
    arguments = ["doctor", hub.gateway_address, "--proxy-address", hub.gateway.proxy_address, "--metadata-url", ""]
    for name, value in {"JUPYTERHUB_API_TOKEN": token, "JUPYTERHUB_API_URL": f"{hub.url}/hub/api"}.items():
        monkeypatch.setenv(name, value)
    assert program.main([*arguments, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["steps"]
    assert token not in told.out + told.err
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "wrong")
    assert program.main(arguments) == 1
    assert "[FAIL] Hub and credential" in capsys.readouterr().out

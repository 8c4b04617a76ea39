"""The test hub is what it says: a real JupyterHub whose users reach their own clusters, and nobody else's, from inside and from outside."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from pccompute_ext.backends.local_leftovers import marked_processes
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE, IMAGE
from pccompute_ext.testing.hub_user import HubUser
from tests.server_process import wait_for

# A first use starts the hub and a server of each user.
pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

SUBMIT = """
from dask_gateway import Gateway
with Gateway() as gateway:
    print(gateway.submit())
"""

LIST = """
import json
from dask_gateway import Gateway
with Gateway() as gateway:
    print(json.dumps({"clusters": [report.name for report in gateway.list_clusters()], "image": gateway.cluster_options().image}))
"""

STOP = """
from dask_gateway import Gateway
with Gateway() as gateway:
    for report in gateway.list_clusters():
        gateway.stop_cluster(report.name)
"""


@pytest.fixture(scope="module")
def servers(alice: HubUser, bob: HubUser) -> Iterator[None]:
    """A single-user server of each user."""
    for user in (alice, bob):
        user.start_server()
    yield
    for user in (alice, bob):
        user.stop_server()


@pytest.mark.usefixtures("servers")
def test_users_use_their_own_clusters_from_their_servers_without_any_settings(alice: HubUser, bob: HubUser) -> None:
    name = alice.run(SUBMIT).strip()
    try:
        assert json.loads(alice.run(LIST)) == {"clusters": [name], "image": IMAGE}
        assert json.loads(bob.run(LIST))["clusters"] == []
    finally:
        alice.run(STOP)


@pytest.mark.usefixtures("servers")
def test_code_that_fails_says_so(bob: HubUser) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        bob.run("1 / 0")


def list_from_outside(hub: HubProcess, token: str) -> Any:
    request = urllib.request.Request(f"{hub.gateway_address}api/v1/clusters/", headers={"Authorization": f"jupyterhub {token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def test_one_scope_is_enough_from_outside(hub: HubProcess, alice: HubUser) -> None:
    assert list_from_outside(hub, alice.mint([GATEWAY_SCOPE]).value) == {}


def test_a_token_without_the_scope_is_refused(hub: HubProcess, alice: HubUser) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        list_from_outside(hub, alice.mint(["read:users!user"]).value)


def test_everything_ends_even_when_the_program_is_killed() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "pccompute_ext.testing.hub"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        assert program.stdin is not None
        assert program.stdout is not None
        url = json.loads(program.stdout.readline())["url"]
        with urllib.request.urlopen(f"{url}/hub/api/", timeout=60) as answer:
            assert answer.status == 200
        assert marked_by(program.pid)
    finally:
        program.send_signal(signal.SIGKILL)
        program.communicate()
    wait_for(lambda: not marked_by(program.pid), "the end of the hub")


def marked_by(pid: int) -> list[int]:
    """The processes that carry a mark which the process ``pid`` made."""
    return [process.pid for process, mark in marked_processes() if mark.startswith(f"{pid}-")]

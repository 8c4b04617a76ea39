"""Every way in runs for real: in kernels, shells and servers, through a real hub and its gateway, to a real cluster that computes.

Nothing here is a stand-in but for the container programs, of which only the command is run that they would run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from pccompute_ext.backends.local_leftovers import MARKER
from pccompute_ext.backends.ports import free_port
from pccompute_ext.cli import program
from pccompute_ext.snippets.catalog import gateway_ways, machine_ways
from pccompute_ext.snippets.opening import Explicit, FromFile
from pccompute_ext.snippets.place import GatewayPlace, Outside
from pccompute_ext.snippets.script import PASSWORD
from pccompute_ext.snippets.variables import TOKEN
from pccompute_ext.snippets.vscode import RUN_SCOPE
from pccompute_ext.snippets.wanted import Wanted
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_kernel import run_code
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE, IMAGE
from pccompute_ext.testing.hub_user import HubUser
from tests.server_process import PATIENCE, ServerProcess, wait_for
from tests.ways.container import container
from tests.ways.kit import GATEWAY_WAYS

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

COMPUTE = "\nprint('result', client.submit(sum, range(10)).result(timeout=90))\nclient.close()\n"
END = "cluster.close()\n"
#: Takes away what this server's kernels have and a machine elsewhere has not.
ELSEWHERE = "import os\nfor _name in [name for name in os.environ if name.startswith('DASK_')]:\n    del os.environ[_name]\n"


@dataclass(frozen=True)
class Panel:
    """A Jupyter server outside of the hub, for which Dask's variables name the hub's gateway, and a cluster with a worker."""

    server: ServerProcess
    token: str
    cluster: dict[str, Any]
    ways: Mapping[str, dict[str, Any]]
    new: Mapping[str, dict[str, Any]]
    """The ways to make another one."""

    @property
    def root(self) -> str:
        return self.server.url.removesuffix("/pccompute")

    def kernel(self, code: str) -> str:
        """Run code in a kernel beside the server."""
        return run_code(self.root, self.server.token, code)


@pytest.fixture(scope="module")
def panel(hub: HubProcess, alice: HubUser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    token = alice.mint([GATEWAY_SCOPE]).value
    environment = {
        TOKEN: token,
        "DASK_GATEWAY__ADDRESS": hub.gateway_address,
        "DASK_GATEWAY__PROXY_ADDRESS": hub.gateway.proxy_address,
        "DASK_GATEWAY__AUTH__TYPE": "jupyterhub",
        "DASK_GATEWAY__CLUSTER__OPTIONS__IMAGE": IMAGE,
        "CODESPACES": "true",
    }
    server = ServerProcess(tmp_path_factory.mktemp("ways"), environment, {"local_gateway": False})
    try:
        server.start()
        made = server.create(scaling={"mode": "manual", "count": 1}, label="Ways in")
        server.wait_for_cluster(made["id"], lambda cluster: cluster["workers"]["ready"] == 1, "a worker")
        wait_for(lambda: server.request("GET", "backends").body["backends"][0]["credential"]["user"], "whose the token is")
        known = server.request("GET", f"clusters/{made['id']}/snippets").body["snippets"]
        chosen = {"options": {"worker_cores": 1, "image": IMAGE}, "scaling": {"mode": "adaptive", "minimum": 1, "maximum": 1}}
        new = server.request("POST", "backends/gateway/snippets", chosen).body["snippets"]
        yield Panel(server, token, made, {way["id"]: way for way in known}, {way["id"]: way for way in new})
        server.request("DELETE", f"clusters/{made['id']}")
    finally:
        server.close()


def python(code: str, environment: Mapping[str, str], directory: Path, *, shell: str = sys.executable, token: str = "") -> None:
    """Run code elsewhere, where nothing is configured but by ``environment``, and see that it computes.

    Parameters
    ----------
    shell, token
        A shell reads code and a token, and starts the Python in the variable ``CODE``.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [shell, "-c", code],
        env={**kept, "HOME": str(directory), **environment},
        input=f"{token}\n",
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("result 45\n")


def card_code(card: str) -> str:
    """The Python of a card."""
    (fence,) = [token.content for token in MarkdownIt().parse(card) if token.type == "fence"]
    return fence


def test_every_way_is_there_and_none_holds_the_token(panel: Panel, alice: HubUser) -> None:
    assert list(panel.ways) == GATEWAY_WAYS
    assert list(panel.new) == [id for id in GATEWAY_WAYS if id != "connect"]
    assert panel.token not in json.dumps([panel.ways, panel.new])
    assert alice.name in panel.ways["vscode"]["code"]
    credential = panel.server.request("GET", "backends").body["backends"][0]["credential"]
    assert (credential["source"], credential["where"]) == ("environment", f"the secret {TOKEN} of this Codespace")
    assert panel.ways["script"]["links"] == [{"label": f"Make a token with the scope {GATEWAY_SCOPE}", "url": f"{alice.hub_url}/hub/token"}]


@pytest.mark.parametrize("way", ["connect", "script", "local"])
def test_python_in_a_kernel(panel: Panel, way: str) -> None:
    before = ELSEWHERE if way == "script" else ""
    assert panel.kernel(before + panel.ways[way]["code"] + COMPUTE + END).endswith("result 45\n")


def test_a_new_cluster_in_a_kernel_leaves_taken_names_alone(panel: Panel) -> None:
    chosen = {"options": {"worker_cores": 1}, "scaling": {"mode": "adaptive", "minimum": 1, "maximum": 1}, "taken": ["client"]}
    way = panel.server.request("POST", "backends/gateway/snippets", chosen).body["snippets"][0]
    assert (way["id"], way["names"]) == ("new-cluster", {"cluster": "cluster", "client": "client_2"})
    code = "client = 1\n" + way["code"] + COMPUTE.replace("client", "client_2") + "cluster.shutdown()\nprint(client)\n"
    assert panel.kernel(code).endswith("result 45\n1\n")


@pytest.mark.parametrize("shell", ["sh", "fish"])
def test_a_shell_prepares_python(panel: Panel, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    assert program, f"Install {shell}; `make integration` does."
    # What a person starts there, after the code has been pasted and the token entered.
    start = '\nexec "$PYTHON" -c "$CODE"\n'
    code = card_code(panel.ways["vscode"]["code"]) + COMPUTE
    python(panel.ways[f"shell-{shell}"]["code"] + start, {"CODE": code, "PYTHON": sys.executable}, tmp_path, shell=program, token=panel.token)


def test_a_file_configures_dask(panel: Panel, tmp_path: Path) -> None:
    way = panel.ways["dask-yaml"]
    (tmp_path / way["filename"]).write_text(way["code"])
    python(card_code(panel.ways["vscode"]["code"]) + COMPUTE, {"DASK_CONFIG": str(tmp_path), TOKEN: panel.token}, tmp_path)


def test_a_devcontainers_environment_connects(panel: Panel, tmp_path: Path) -> None:
    described = json.loads(panel.ways["codespaces"]["code"])
    assert described["image"] == IMAGE
    python(card_code(panel.ways["vscode"]["code"]) + COMPUTE, {**described["containerEnv"], TOKEN: panel.token, "CODESPACES": "true"}, tmp_path)


def test_what_a_container_would_run_is_a_jupyterlab_that_connects(panel: Panel, tmp_path: Path) -> None:
    variables, command, handed_on = container("docker", panel.ways["docker"]["code"], panel.token)
    assert panel.ways["podman"]["code"] == panel.ways["docker"]["code"].replace("docker", "podman")
    assert (command[0], handed_on) == (IMAGE, panel.token)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {**kept, MARKER: panel.server.mark, "HOME": str(tmp_path), **{name: value or panel.token for name, value in variables.items()}}
    # Not on all addresses of this machine, and not without a token that is known.
    port, own = free_port(), "token-of-this-lab"
    assert command[1:] == ["jupyter", "lab", "--ip=0.0.0.0", "--port=8888", "--no-browser"]
    lab_command = ["jupyter", "lab", "--ip=127.0.0.1", f"--port={port}", "--no-browser", "--allow-root", f"--IdentityProvider.token={own}"]
    with (tmp_path / "lab.log").open("wb") as log:
        lab = subprocess.Popen(lab_command, env=environment, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_for(lambda: lab.poll() is not None or "is running at" in (tmp_path / "lab.log").read_text(), "JupyterLab")
        code = card_code(panel.ways["vscode"]["code"]) + COMPUTE
        assert run_code(f"http://127.0.0.1:{port}", own, code).endswith("result 45\n")
    finally:
        lab.terminate()
        lab.wait()


def test_a_client_like_vs_code_runs_the_cards_code_on_the_hub(panel: Panel, alice: HubUser) -> None:
    """It has nothing but a token with the scope that the card names, in headers, and makes a cluster that the panel then shows."""
    card = panel.new["vscode"]["code"]
    assert f"`{alice.server_url}/`" in card
    assert f"`{RUN_SCOPE}`" in card
    asking = (
        "import json, urllib.request\n"
        f"_request = urllib.request.Request({panel.server.url + '/clusters'!r}, headers={{'Authorization': {f'token {panel.server.token}'!r}}})\n"
        "_shown = [each['name'] for each in json.load(urllib.request.urlopen(_request))['clusters']]\n"
        "print('shown', cluster.name[-8:] in _shown)\ncluster.shutdown()\n"
    )
    alice.start_server()
    try:
        told = run_code(alice.server_url, alice.mint([RUN_SCOPE]).value, card_code(card) + COMPUTE + asking)
    finally:
        alice.stop_server()
    assert told.endswith("result 45\nshown True\n")


def test_gateways_with_a_password(gateway_user: GatewayUser, tmp_path: Path) -> None:
    """The code for such a gateway as an operator lists it, as this machine's own has it, and for elsewhere; one after the other in one Python."""
    gateway, name = gateway_user.gateway, gateway_user.create()
    gateway_user.wait_until_running(name)
    gateway_user.scale(name, 1)
    connection = tmp_path / "connection.json"
    addresses = {"address": gateway.address, "proxy_address": gateway.proxy_address}
    connection.write_text(json.dumps({**addresses, "username": gateway_user.name, "password": gateway.password}))
    listed = Explicit(**addresses, auth="basic", auth_kwargs={"username": "{PC_USER}", "password": "{PC_PASSWORD}"})
    listed_ways = gateway_ways(
        GatewayPlace(listed, Outside(gateway.address, gateway.proxy_address, "basic", username=gateway_user.name)), Wanted(name)
    )
    codes = {way.id: way.code for way in listed_ways if way.id in ("connect", "script")}
    codes["file"] = machine_ways(FromFile(connection), Wanted(name))[0].code
    assert len(codes) == 3
    environment = {"PC_USER": gateway_user.name, "PC_PASSWORD": gateway.password, PASSWORD: gateway.password}
    python((COMPUTE + END).join([*codes.values(), ""]), environment, tmp_path)
    assert name in gateway_user.clusters(), "Closing the client or the cluster's handle must not stop the cluster."


def test_a_terminal_gives_the_same_text(panel: Panel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(panel.server.directory / "runtime"))
    for name in ("Ways in", panel.cluster["id"]):
        assert program.main(["snippet", name, "--way", "docker"]) == 0
        assert capsys.readouterr().out == panel.ways["docker"]["code"]
    assert program.main(["snippet", "Ways in", "--url", panel.root]) == 0
    assert capsys.readouterr().out == panel.ways["connect"]["code"]
    assert program.main(["snippet", "Ways in", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == GATEWAY_WAYS
    for arguments, reason in (
        (["nowhere"], "no such cluster"),
        (["Ways in", "--way", "by-foot"], "no way 'by-foot'"),
        (["Ways in", "--url", f"http://127.0.0.1:{free_port()}"], "does not answer"),
        (["Ways in", "--url", "file:///"], "begins with http"),
    ):
        assert program.main(["snippet", *arguments]) == 1
        assert reason in capsys.readouterr().err
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/nonexistent")
    assert program.main(["snippet", "Ways in"]) == 1
    assert "No Jupyter server" in capsys.readouterr().err

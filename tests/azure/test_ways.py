"""Code for one's own subscription, for real: in real kernels, with Dask Cloud Provider unpatched, on the stand-in for Azure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pccompute_ext.cli import program
from pccompute_ext.testing.hub_kernel import run_code
from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

from .stub.azure import Azure
from .stub.identity import compute_instance

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

CLASS = "dask_cloudprovider.azure.AzureVMCluster"
COMPUTE = "\nprint('result', client.submit(sum, range(10)).result(timeout=90))\nclient.close()\n"


def entry(azure: Azure) -> Mapping[str, Any]:
    """As an operator writes it: users choose the place and the size, the rest is fixed."""
    fixed = dict(azure.arguments)
    form = {name: {"type": "string", "title": name, "default": fixed.pop(name)} for name in ("location", "vm_size")}
    form["location"]["x-expected"] = "westeurope"
    return {"id": "azure", "label": "Azure", "class": CLASS, "form": form, "defaults": {**fixed, "env_vars": {"TOKEN": "hunter2"}}}


def kernel(server: ServerProcess, code: str) -> str:
    """What code prints in a kernel beside the server."""
    return run_code(server.url.removesuffix("/pccompute"), server.token, code)


def test_a_notebook_makes_a_cluster_and_another_uses_that_of_the_panel(
    azure: Azure, start_server: StartServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = start_server(azure.environment, configured_gateway=False, local_gateway=False, own_compute=[entry(azure)])
    chosen = {"options": {"location": "westeurope"}, "scaling": {"mode": "manual", "count": 1}}

    (way,) = server.request("POST", "backends/azure/snippets", chosen).body["snippets"]
    assert way["id"] == "azure"
    assert not any(secret in way["code"] for secret in ("hunter2", azure.environment["AZURE_CLIENT_SECRET"]))
    assert "result 45\n" in kernel(server, way["code"] + COMPUTE + "cluster.close()\n")
    assert (azure.resources(), azure.machines()) == ([], {}), "Nothing costs money once it is closed."

    made = server.create(backend="azure", label="mine", **chosen)
    server.wait_for_cluster(made["id"], lambda cluster: cluster["workers"]["ready"] == 1, "a worker")
    ways = {way["id"]: way["code"] for way in server.request("GET", f"clusters/{made['id']}/snippets").body["snippets"]}
    assert list(ways) == ["connect", "azure"]
    assert ways["azure"] == way["code"]
    assert kernel(server, ways["connect"] + COMPUTE) == "result 45\n"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(server.directory / "runtime"))
    assert program.main(["snippet", "mine", "--way", "azure"]) == 0
    assert capsys.readouterr().out == ways["azure"]

    assert server.request("DELETE", f"clusters/{made['id']}").status == 204
    wait_for(lambda: made["id"] not in server.clusters(), "its end")
    assert (azure.resources(), azure.machines()) == ([], {})


def test_on_a_compute_instance_its_managed_identity_signs_in(azure: Azure, start_server: StartServer) -> None:
    with compute_instance(azure) as environment:
        server = start_server(environment, configured_gateway=False, local_gateway=False, own_compute=[entry(azure)])
        made = server.create(backend="azure")
        server.wait_until_running(made["id"])
        assert azure.machines()
        assert server.request("DELETE", f"clusters/{made['id']}").status == 204
        wait_for(lambda: made["id"] not in server.clusters(), "its end")
    assert (azure.resources(), azure.machines()) == ([], {})

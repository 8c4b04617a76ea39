"""Code that makes a cluster of a class that an operator allows: just what was chosen is handed over, and nothing private is written down.

The stand-ins for the classes show what values the code hands over: that such code makes clusters is for ``tests/own`` and ``tests/azure``.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pccompute_ext.azure.form import UBUNTU
from pccompute_ext.errors import Unavailable
from pccompute_ext.models import Adaptive, Manual
from pccompute_ext.snippet_models import Snippet
from pccompute_ext.snippets.catalog import own_ways
from pccompute_ext.snippets.names import Names
from pccompute_ext.snippets.own_class import OwnClass
from pccompute_ext.snippets.wanted import Wanted
from tests.own.kit import backend_of
from tests.ways.kit import HOSTILE, calm, names, texts, values
from tests.ways.test_python import formatted, shape

AZURE = "dask_cloudprovider.azure.AzureVMCluster"
LOCAL = "dask.distributed.LocalCluster"
PLACE = {"location": "westeurope", "resource_group": "rg", "vnet": "net", "security_group": "nsg"}


@pytest.fixture
def dask(monkeypatch: pytest.MonkeyPatch) -> MagicMock:
    """Stand-ins that note what they are called with."""
    stub = MagicMock()
    for name, member in (
        ("dask", ""),
        ("dask.distributed", "LocalCluster"),
        ("dask_cloudprovider", ""),
        ("dask_cloudprovider.azure", "AzureVMCluster"),
    ):
        module = ModuleType(name)
        if member:
            setattr(module, member, stub.Cluster)
            module.Client = stub.Client  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, name, module)
    return stub


def made(arguments: dict[str, Any], wanted: Wanted | None = None, path: str = AZURE, withheld: tuple[str, ...] = ()) -> Snippet:
    (snippet,) = own_ways(None, OwnClass(path, arguments, withheld, "westeurope"), wanted or Wanted())
    return snippet


@calm
@given(arguments=st.dictionaries(names, values, max_size=4), low=st.integers(0, 9))
@pytest.mark.parametrize("path", [AZURE, LOCAL])
def test_executed_it_hands_over_just_what_was_chosen(dask: MagicMock, path: str, arguments: dict[str, Any], low: int) -> None:
    dask.reset_mock()
    namespace: dict[str, Any] = {}
    exec(compile(made(arguments, Wanted(scaling=Adaptive(minimum=low, maximum=low + 1)), path).code, "snippet", "exec"), namespace)
    # What is empty is left to Azure.
    expected = {name: value for name, value in arguments.items() if path == LOCAL or value not in (None, "", {}, [])}
    own = {"location": "westeurope", "vm_image": UBUNTU} if path == AZURE else {}
    dask.Cluster.assert_called_once_with(**{**own, **expected})
    cluster = dask.Cluster.return_value
    cluster.adapt.assert_called_once_with(minimum=low, maximum=low + 1)
    dask.Client.assert_called_once_with(cluster)
    assert (namespace["cluster"], namespace["client"]) == (cluster, dask.Client.return_value)


@calm
@given(text=texts, names=st.lists(texts, max_size=3))
def test_whatever_a_value_holds_is_a_value(text: str, names: list[str]) -> None:
    """Also in comments, which tell of places and of what is withheld."""
    hostile = made({"location": text, "vm_image": {text: [text]}}, withheld=tuple(names))
    assert shape(hostile.code) == shape(made({"location": "a", "vm_image": {"a": ["a"]}}).code)


def test_it_has_the_form_that_formatters_give_it() -> None:
    long = {
        "vm_image": {"publisher": "canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2"},
        "n": 1.5,
        "environment": {"Ä": HOSTILE},
    }
    codes = [
        made(arguments, Wanted(scaling=scaling), path, withheld).code
        for arguments in ({}, PLACE, {**PLACE, **long}, {"class": 1, "a long name of an argument": list(range(30)), **PLACE})
        for scaling in (None, Manual(count=2))
        for path in (AZURE, LOCAL)
        for withheld in ((), ("docker_args",))
    ]
    together = "\n".join(f"if True:\n    pass\n\n{code}" for code in codes)
    assert formatted(together) == together


def test_what_a_newcomer_has_to_know_is_said() -> None:
    azure = made(PLACE, Wanted(names=Names(["cluster"])))
    assert (azure.id, azure.names and azure.names.cluster) == ("azure", "cluster_2")
    for told in ('"azure-mgmt-compute<38" "azure-mgmt-network<31"', "az login", "until cluster_2.close()", '"westeurope" is beside the data'):
        assert told in azure.code
    assert "The data is in" in made({**PLACE, "location": "eastus"}).code
    assert "beside the data" in made({**PLACE, "location": "West Europe"}).code
    assert "The data" not in own_ways(None, OwnClass(AZURE, PLACE), Wanted())[0].code
    assert "#" not in made({}, path=LOCAL, wanted=Wanted(scaling=Manual(count=1))).code


def test_names_that_are_taken_are_left_alone() -> None:
    snippet = made(PLACE, Wanted(scaling=Manual(count=1), names=Names(["cluster", "client"])))
    stored = {node.id for node in ast.walk(ast.parse(snippet.code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert stored == {"cluster_2", "client_2"}


CHOICES = {"location": {"type": "string", "default": "westeurope", "x-expected": "westeurope"}, "vm_size": {"type": "string", "default": "small"}}
FIXED = {
    "resource_group": "rg",
    "vnet": "net",
    "security_group": "nsg",
    "bootstrap": False,
    "docker_args": "-e TOKEN=hunter2",
    "env_vars": {"KEY": "hunter2", "n": 1},
    "scheduler_options": {"interface": "ib0", "port": 0},
}


async def test_an_operators_fixed_arguments_stay_private_unless_they_are_nobodys_secret(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = backend_of(tmp_path / "own", {"class": AZURE, "form": CHOICES, "defaults": {**FIXED, "vm_size": "medium"}})
    (azure,) = await backend.snippets(Wanted(None, {"location": "eastus", "unknown": 1}))
    call = next(node for node in ast.walk(ast.parse(azure.code)) if isinstance(node, ast.Call))
    written = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    place = {"resource_group": "rg", "vnet": "net", "security_group": "nsg", "bootstrap": False}
    assert written == {**place, "scheduler_options": FIXED["scheduler_options"], "vm_image": UBUNTU, "location": "eastus", "vm_size": "medium"}
    assert "hunter2" not in azure.code
    assert '# "docker_args"\n# "env_vars"\n' in azure.code
    assert 'The data is in "westeurope"' in azure.code


async def test_the_usual_form_of_azure_as_code(jp_asyncio_loop: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", "00000000-0000-0000-0000-000000000000")
    backend = backend_of(tmp_path, {"class": AZURE})
    (azure,) = await backend.snippets(Wanted(None, {"resource_group": "rg", "docker_args": ""}))
    assert 'subscription_id=os.environ["AZURE_SUBSCRIPTION_ID"],' in azure.code
    assert "0000" not in azure.code
    assert ('resource_group="rg"' in azure.code, "docker_args" in azure.code, "subnet" in azure.code) == (True, False, False)
    monkeypatch.delenv("AZURE_SUBSCRIPTION_ID")
    (azure,) = await backend.snippets(Wanted(None, {"subscription_id": "mine"}))
    assert 'subscription_id="mine"' in azure.code


async def test_a_cluster_that_runs_is_connected_to_by_its_private_file(jp_asyncio_loop: object, tmp_path: Path) -> None:
    entry = {"form": {}, "defaults": PLACE}
    running = Wanted("c" * 32)
    azure, local = (backend_of(tmp_path, {"class": path, **entry}) for path in (AZURE, LOCAL))
    assert [way.id for way in await azure.snippets(running)] == ["connect", "azure"]
    assert [way.id for way in await local.snippets(running)] == ["connect", "new-cluster"]
    ours = backend_of(tmp_path, {"class": "pccompute_ext.supervisor.machine.machine_cluster", **entry})
    assert [way.id for way in await ours.snippets(running)] == ["connect"]
    assert await ours.snippets(Wanted()) == []
    gone = backend_of(tmp_path, {"class": "no_such_package.Cluster"})
    assert [way.id for way in await gone.snippets(running)] == ["connect"]
    with pytest.raises(Unavailable, match="no_such_package"):
        await gone.snippets(Wanted())

"""Questions to Azure, in processes of their own, on the stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pccompute_ext.azure.form import CLASS, FORM
from pccompute_ext.azure.resource_manager import ResourceManager
from pccompute_ext.azure.resources import find
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.backends.own_clusters import OwnClusters
from pccompute_ext.backends.own_process import ask, look_at_class
from pccompute_ext.errors import NotFound, Unavailable
from pccompute_ext.models import Leftover
from pccompute_ext.supervisor.order import Order
from pccompute_ext.supervisor.state import State
from tests.backends.kit import gone

from .kit import sign_in, subscription
from .stub import errors
from .stub.azure import Azure
from .stub.resources import SUBSCRIPTION

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ANSWERS = "pccompute_ext.azure.answers"
OTHER = "00000000-0000-0000-0000-00000000000f"


@pytest.fixture(autouse=True)
def _environment(azure: Azure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sign_in(azure, monkeypatch)
    # Nobody who runs the tests is signed in.
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path / "az"))


@pytest.fixture
def backend(azure: Azure, tmp_path: Path) -> OwnBackend:
    return subscription(tmp_path, defaults=azure.arguments)


async def test_the_form_is_of_the_parameters_that_the_class_has() -> None:
    derived = await look_at_class(None, CLASS)
    assert set(FORM) <= set(derived)
    for name in set(FORM) & {"public_ingress", "bootstrap", "auto_shutdown", "disk_size"}:
        assert FORM[name]["type"] in (derived[name].get("type"), "integer", "boolean")


async def test_the_account_tells_who_is_signed_in(backend: OwnBackend) -> None:
    account = await backend.account()
    assert account is not None
    assert (account.signed_in, account.method) == (True, "the environment variables AZURE_…")
    assert account.text == "Signed in to Azure by the environment variables AZURE_…, in the subscription Research."


async def test_the_account_tells_what_to_do(backend: OwnBackend, azure: Azure, monkeypatch: pytest.MonkeyPatch) -> None:
    azure.fail("token", errors.WRONG_SECRET, times=9)
    account = await ask(None, ANSWERS, "account", {})
    assert account["signed_in"] is False
    assert "AADSTS7000215: Invalid client secret provided." in account["text"]
    for name in azure.environment:
        if name.startswith("AZURE_"):
            monkeypatch.delenv(name)
    account = await ask(None, ANSWERS, "account", {})
    assert (account["signed_in"], account["method"]) == (False, None)
    assert account["text"].startswith("Nobody is signed in to Azure on this server. Run az login")


async def test_an_account_without_the_subscription(backend: OwnBackend) -> None:
    account = await ask(None, ANSWERS, "account", {"subscription_id": "00000000-0000-0000-0000-000000000000"})
    assert account["signed_in"] is True
    assert "may not see the subscription 00000000" in account["text"]


async def test_a_subscription_is_the_same_in_capital_letters(backend: OwnBackend) -> None:
    account = await ask(None, ANSWERS, "account", {"subscription_id": SUBSCRIPTION.upper()})
    assert account["text"].endswith("in the subscription Research.")


async def test_what_there_is_to_choose(backend: OwnBackend) -> None:
    offers = await backend.offers({})
    assert offers.reason is None
    assert offers.values["location"] == ["northeurope", "uksouth", "westeurope"]
    assert offers.values["resource_group"] == ["climate", "dask", "empty"]
    assert (offers.values["vnet"], offers.values["security_group"]) == (["dask-vnet"], ["dask-nsg"])
    assert offers.values["subnet"][0].endswith("/virtualNetworks/dask-vnet/subnets/default")
    # The subscription may not use those with GPUs.
    assert offers.values["vm_size"] == ["Standard_D2s_v5", "Standard_D4s_v5", "Standard_D8s_v5", "Standard_DS1_v2"]


async def test_offers_follow_what_is_chosen(backend: OwnBackend) -> None:
    offers = await backend.offers({"resource_group": "climate", "location": "northeurope", "vnet": "sea"})
    assert (offers.values["vnet"], offers.values["security_group"]) == (["sea"], ["sea-nsg"])
    # There is none in this location.
    assert (await backend.offers({"resource_group": "climate"})).values["vnet"] == []
    offers = await backend.offers({"resource_group": "typo", "vnet": ""})
    assert (offers.values.get("vnet"), offers.reason) == (None, None)
    assert len(offers.values["vm_size"]) == 4


async def test_what_may_not_be_read_is_told_in_azures_words(backend: OwnBackend, azure: Azure) -> None:
    azure.fail("GET skus", errors.FORBIDDEN)
    offers = await backend.offers({})
    assert offers.reason is not None
    assert "AuthorizationFailed" in offers.reason
    assert "vm_size" not in offers.values
    assert offers.values["location"]


async def found(backend: OwnBackend) -> dict[str, Leftover]:
    """The leftovers of clusters, by the id of each cluster."""
    listed = (await backend.leftovers()).leftovers
    assert len({one.cluster for one in listed}) == len(listed)
    return {one.cluster: one for one in listed}


def know(directory: Path, **handle: str) -> None:
    """Let a cluster of another entry be known here, of which something is left."""
    state = State(phase="orphaned", handle=handle, remains=("a disk",))
    OwnClusters(directory / "own" / "sibling").adopt("0" * 32, Order(class_path=CLASS), state)


async def test_leftovers_are_those_of_clusters_that_nobody_here_knows(backend: OwnBackend, azure: Azure, tmp_path: Path) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.add_leftover("0000beef", group="climate")
    told = await backend.leftovers()
    assert (told.looked_into, told.reason) == (["the subscription Research"], None)
    assert [(one.cluster, one.place) for one in told.leftovers] == [
        ("0000beef", "resource group climate, subscription Research"),
        ("1a2b3c4d", "resource group dask, subscription Research"),
    ]
    assert told.leftovers[1].resources == [
        "disk dask-1a2b3c4d-scheduler_OsDisk_1_0",
        "network interface dask-cloudprovider-nic-1a2b3c4d",
        "public IP address dask-cloudprovider-nic-1a2b3c4d",
    ]
    know(tmp_path, **{"cluster-id": "1a2b3c4d", "resource-group": "DASK", "subscription": SUBSCRIPTION.upper()})
    assert list(await found(backend)) == ["0000beef"]


async def test_the_same_id_in_another_group_is_another_cluster(backend: OwnBackend, azure: Azure, tmp_path: Path) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.add_leftover("1a2b3c4d", group="climate")
    one, other = (await backend.leftovers()).leftovers
    assert (one.cluster, one.id != other.id) == (other.cluster, True)
    know(tmp_path, **{"cluster-id": "1a2b3c4d", "resource-group": "climate", "subscription": SUBSCRIPTION})
    (unknown,) = (await backend.leftovers()).leftovers
    assert unknown.place == "resource group dask, subscription Research"
    report = await backend.take_leftover(unknown.id)
    await gone(backend, report.name)
    assert {one.group for one in find(ResourceManager(), SUBSCRIPTION, [None])} == {"climate"}


async def test_a_leftover_is_adopted_and_swept(backend: OwnBackend, azure: Azure) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.add_leftover("0000beef")
    azure.fail("DELETE networkInterfaces", errors.NIC_RESERVED, times=1)
    # Azure accepts this one, and gives up later.
    azure.fail("DELETE disks", errors.ALLOCATION, late=True)
    id = (await found(backend))["1a2b3c4d"].id
    report = await backend.take_leftover(id)
    assert report.state == "stopping"
    await gone(backend, report.name)
    assert azure.resources_of("1a2b3c4d") == []
    assert len(azure.resources_of("0000beef")) == 3
    for nothing in (id, "1a2b3c4d", ""):
        with pytest.raises(NotFound):
            await backend.take_leftover(nothing)


async def test_who_may_not_look_everywhere_looks_into_the_groups_that_are_known(backend: OwnBackend, azure: Azure, tmp_path: Path) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.add_leftover("0000beef", group="climate")
    azure.fail("GET virtualMachines", errors.FORBIDDEN)
    assert list(await found(backend)) == ["1a2b3c4d"]
    # What is known of another cluster tells of one more.
    know(tmp_path, **{"cluster-id": "ffffffff", "resource-group": "climate", "subscription": SUBSCRIPTION})
    azure.fail("GET virtualMachines", errors.FORBIDDEN)
    told = await backend.leftovers()
    assert [one.cluster for one in told.leftovers] == ["0000beef", "1a2b3c4d"]
    assert told.looked_into == [f"the resource group {group} of the subscription Research" for group in ("dask", "climate")]
    assert "AuthorizationFailed" in (told.reason or "")
    azure.fail("GET virtualMachines", errors.FORBIDDEN, times=3)
    with pytest.raises(Unavailable, match="AuthorizationFailed"):
        await backend.leftovers()


async def test_without_a_chosen_subscription_all_are_looked_into(azure: Azure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AZURE_SUBSCRIPTION_ID", raising=False)
    azure.add_leftover("1a2b3c4d")
    azure.show_closed(OTHER)
    told = await subscription(tmp_path).leftovers()
    assert [one.cluster for one in told.leftovers] == ["1a2b3c4d"]
    assert told.looked_into == ["the subscription Research"]
    assert "AuthorizationFailed" in (told.reason or "")


async def test_without_the_names_of_subscriptions_their_ids_are_told(azure: Azure, tmp_path: Path) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.fail("GET subscriptions", errors.FORBIDDEN, times=2)
    told = await subscription(tmp_path, defaults={"subscription_id": SUBSCRIPTION}).leftovers()
    assert [one.place for one in told.leftovers] == [f"resource group dask, subscription {SUBSCRIPTION}"]
    assert (told.looked_into, told.reason) == ([f"the subscription {SUBSCRIPTION}"], None)


async def test_a_subscription_of_clusters_of_earlier_is_looked_into_too(azure: Azure, tmp_path: Path) -> None:
    azure.add_leftover("1a2b3c4d")
    azure.show_closed(OTHER)
    know(tmp_path, **{"cluster-id": "ffffffff", "resource-group": "dask", "subscription": SUBSCRIPTION})
    told = await subscription(tmp_path, defaults={"subscription_id": OTHER}).leftovers()
    assert [one.cluster for one in told.leftovers] == ["1a2b3c4d"]
    assert told.looked_into == ["the subscription Research"]


def test_the_answers_need_no_installed_pccompute(azure: Azure, tmp_path: Path) -> None:
    launch = Path("pccompute_ext/supervisor/launch.py").resolve()
    program = [sys.executable, str(launch), ANSWERS, "account"]
    environment = {**os.environ, **azure.environment}
    output = subprocess.run(program, input="{}", env=environment, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120).stdout
    assert json.loads(output)["answer"]["signed_in"] is True

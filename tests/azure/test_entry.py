"""The entry that knows its class: its form, what is checked, and when it is offered by itself."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import dask.config
import pytest

from pccompute_ext.azure.form import CLASS, FORM
from pccompute_ext.backends import own_azure, own_form, registry
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.backends.own_entry import OwnEntry
from pccompute_ext.backends.own_known import with_configured
from pccompute_ext.errors import Refused, Unavailable

from .kit import subscription

CHOSEN = {"resource_group": "dask", "vnet": "net", "security_group": "wall"}


@pytest.fixture(autouse=True)
def _nothing_of_azure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in own_azure._VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path))


@pytest.fixture
def azure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OwnBackend:
    """An entry whose class need not be looked at."""

    async def ask(*_: Any) -> None:
        return None

    monkeypatch.setattr(own_form, "ask", ask)
    presets = [{"id": "large", "label": "Large", "options": {"vm_size": "Standard_D8s_v5"}}]
    return subscription(tmp_path, defaults={"vnet": "usual", "worker_options": {"nthreads": 4}}, presets=presets)


async def test_the_form_has_what_matters_first_and_marks_what_must_be_given(azure: OwnBackend) -> None:
    form = await azure.options()
    assert list(form.schema["properties"])[:5] == ["location", "resource_group", "vnet", "security_group", "vm_size"]
    assert form.schema["required"] == ["location", "resource_group", "vnet", "security_group", "vm_size", "docker_image"]
    assert (form.defaults["location"], form.defaults["vnet"], form.defaults["resource_group"]) == ("westeurope", "usual", "")
    assert form.schema["properties"]["location"]["x-expected"] == "westeurope"
    assert "westeurope" in form.schema["properties"]["location"]["x-warning"]
    assert "18.04" not in str(form.defaults["vm_image"])
    assert [(one.id, one.options) for one in form.presets] == [("large", {"vm_size": "Standard_D8s_v5"})]


async def test_offers_depend_only_on_what_is_in_the_form() -> None:
    assert {name for schema in FORM.values() for name in schema.get("x-depends", ())} <= set(FORM)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Resource group must be given"),
        ({**CHOSEN, "vm_size": ""}, "Size of a worker's machine must be given"),
        ({**CHOSEN, "disk_size": 2000}, "disk_size must be <= 1023"),
        ({**CHOSEN, "extra_vm_options": {}}, "Unknown fields"),
    ],
)
async def test_what_can_not_work_is_refused_before_anything_starts(azure: OwnBackend, options: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        await azure.create(options)
    assert await azure.clusters() == []


async def test_what_is_left_empty_is_for_the_class_to_decide(azure: OwnBackend) -> None:
    values, arguments = await azure._form.chosen(CHOSEN)
    assert (values["subnet"], values["public_ingress"]) == ("", True)
    assert not {"subnet", "scheduler_vm_size", "env_vars", "subscription_id", "marketplace_plan"} & set(arguments)
    assert arguments["worker_options"] == {"nthreads": 4}
    assert (arguments["public_ingress"], arguments["vnet"]) == (True, "net")


async def test_another_class_has_no_such_answers(tmp_path: Path) -> None:
    entry = OwnEntry(id="own", label="Own", class_path="distributed.LocalCluster", form={})
    backend = OwnBackend(id="own", label="Own", entry=entry, directory=tmp_path)
    assert (await backend.account(), backend.finds_leftovers, backend.region) == (None, False, None)
    assert (await backend.offers({})).values == {}
    with pytest.raises(Unavailable):
        await backend.leftovers()
    with pytest.raises(Unavailable):
        await backend.take_leftover("1a2b3c4d")


def test_the_form_begins_with_what_dask_is_configured_for() -> None:
    entry = OwnEntry(id="own", label="Own", class_path=CLASS, defaults={"vnet": "of-the-entry"})
    section = {"location": "northeurope", "azurevm": {"vnet": "of-dask", "disk_size": 100}}
    with dask.config.set({"cloudprovider.azure": section}):
        assert with_configured(entry).defaults == {"location": "northeurope", "vnet": "of-the-entry", "disk_size": 100}
    assert with_configured(entry).defaults == {"vnet": "of-the-entry"}


@pytest.mark.parametrize("name", ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "MSI_ENDPOINT"])
def test_it_is_offered_where_the_environment_has_to_do_with_a_subscription(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert own_azure.entries_of([], None, ()) == []
    monkeypatch.setenv(name, "x")
    assert [(one.id, one.label, one.class_path) for one in own_azure.entries_of([], None, ())] == [("azure", "My Azure subscription", CLASS)]


def test_it_is_offered_after_az_login_and_with_dasks_configuration(tmp_path: Path) -> None:
    with dask.config.set({"cloudprovider.azure.resource_group": "dask"}):
        assert own_azure.entries_of([], None, ())[0].defaults == {"resource_group": "dask"}
    assert own_azure.entries_of([], None, ()) == []
    (tmp_path / "azureProfile.json").touch()
    assert len(own_azure.entries_of([], None, ())) == 1


def test_who_decides_is_the_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(own_azure.entries_of([], True, ())) == 1
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", "x")
    assert own_azure.entries_of([], False, ()) == []
    assert own_azure.entries_of([], None, {"azure"}) == []
    other = OwnEntry(id="own", label="Own", class_path="distributed.LocalCluster")
    assert own_azure.entries_of([other], None, ()) == [other]


def test_without_the_extra_it_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", "x")
    monkeypatch.setattr(own_azure, "_PACKAGES", ("dask_cloudprovider", "azure.no_such_package"))
    assert own_azure.entries_of([], None, ()) == []
    monkeypatch.setattr(own_azure, "_PACKAGES", ("no_such_package.inner",))
    assert own_azure.entries_of([], None, ()) == []


async def test_the_registry_builds_it(tmp_path: Path) -> None:
    plan = registry.Plan(tmp_path, tmp_path, configured_gateway=False, local_gateway=False, azure_subscription=True)
    (backend,) = await registry.build(plan, logging.getLogger("test"))
    assert (backend.id, backend.kind, backend.finds_leftovers, backend.region) == ("azure", "own", True, "westeurope")


@pytest.mark.parametrize(
    ("presets", "words"),
    [
        ([{"id": "a", "label": "A", "options": {}}, {"id": "a", "label": "B", "options": {}}], "ids of their own"),
        ([{"id": "a", "label": "A", "options": {"vm_sise": "x"}}], "vm_sise"),
    ],
)
def test_presets_that_nobody_could_use_are_refused_at_once(presets: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        registry.read_own([{"id": "own", "label": "Own", "class": CLASS, "presets": presets}])


async def test_who_is_signed_in_is_asked_now_and_then(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers: list[dict[str, Any] | Unavailable] = [
        {"signed_in": False, "method": None, "text": "Nobody"},
        Unavailable("No answer"),
        {"signed_in": True, "method": "az login", "text": "Somebody"},
    ]

    async def ask(*_: Any) -> Any:
        if isinstance(answer := answers.pop(0), Unavailable):
            raise answer
        return answer

    monkeypatch.setattr(own_form, "ask", ask)
    backend = subscription(tmp_path)
    told = []
    for _ in range(3):
        account = await backend.account()
        assert account is not None
        # What was found out is not asked again at once.
        assert await backend.account() == account
        told.append((account.signed_in, account.text))
        backend._questions._account_until = 0.0
    assert told == [(False, "Nobody"), (None, "No answer"), (True, "Somebody")]


@pytest.mark.parametrize("where", [{"defaults": {"debug": True}}, {"form": {"debug": {"type": "boolean", "title": "Debug", "default": False}}}])
def test_what_would_write_secrets_to_a_log_can_not_be_set(where: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="'debug' can't be set for 'own': it writes what each machine is made with"):
        registry.read_own([{"id": "own", "label": "Own", "class": CLASS, **where}])

"""The extension as an operator configures it, and its life with the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from traitlets import TraitError

from pccompute_ext import __version__
from pccompute_ext.app import ComputeApp
from pccompute_ext.backends import registry
from pccompute_ext.backends.base import Backend
from pccompute_ext.errors import Unavailable
from pccompute_ext.lifecycle import Lifecycle
from pccompute_ext.manager import ClusterManager
from pccompute_ext.records import RECORDS, Records
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api

FAKE = "pccompute_ext.testing.fake_backend.FakeBackend"
LOG = logging.getLogger("pccompute")


class BrokenBackend(FakeBackend):
    def __init__(self, **_: Any) -> None:
        raise RuntimeError("secret words of a broken class")


# -- traits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trait", "value", "word"),
    [
        ("gateways", [{"label": "no address"}], "address"),
        ("gateways", [{"address": "https://a.example", "passwort": "x"}], "passwort"),
        ("gateways", [{"address": "https://a.example", "id": "Not An Id"}], "Not An Id"),
        ("gateways", [{"address": "https://a.example", "id": "local"}], "taken"),
        ("gateways", [{"address": "https://a.example"}, {"address": "https://a.example"}], "taken"),
        ("other_backends", [{"id": "x", "label": "X"}], "class"),
        ("other_backends", [{"class": FAKE, "id": "gateway", "label": "X"}], "taken"),
        ("at_stop", {"gateway": "perhaps"}, "perhaps"),
        ("answer_within", 0, "0"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_reason(trait: str, value: Any, word: str) -> None:
    with pytest.raises(TraitError, match=word):
        ComputeApp(**{trait: value})


def test_a_refusal_quotes_no_credential() -> None:
    secret = {"address": "https://a.example", "auth_kwargs": {"password": "hush"}, "extra": 1}
    with pytest.raises(TraitError) as caught:
        ComputeApp(gateways=[secret])
    assert "hush" not in str(caught.value)


def test_every_trait_has_a_help_text() -> None:
    assert [name for name, trait in ComputeApp.class_own_traits(config=True).items() if not trait.help] == []


@pytest.mark.parametrize(
    ("entry", "backend_id", "label"),
    [
        ({"address": "https://hub.example.org/services/dask-gateway/"}, "hub-example-org-services-dask-gateway", "hub.example.org"),
        ({"address": "http://ann:hush@10.0.0.1:8000"}, "10-0-0-1-8000", "10.0.0.1"),
        ({"address": "https://a.example", "id": "a", "label": "The A"}, "a", "The A"),
    ],
)
def test_a_listed_gateway_has_a_stable_id_and_a_label(entry: dict[str, Any], backend_id: str, label: str) -> None:
    (read,) = registry.read_gateways([entry])
    assert (read.backend_id, read.backend_label) == (backend_id, label)


# -- backends ----------------------------------------------------------------------------------------------------------


async def build(**plan: Any) -> list[Backend]:
    defaults: dict[str, Any] = {"configured_gateway": False, "local_gateway": False, "gateway_class": FAKE_GATEWAY, "local_gateway_class": FAKE_LOCAL}
    return await registry.build(registry.Plan(local_directory=Path("unused"), own_directory=Path("unused"), **(defaults | plan)), LOG)


class FakeGateway(FakeBackend):
    def __init__(self, *, id: str, label: str, settings: Any) -> None:
        super().__init__(id, label)
        self.settings = settings


class FakeLocal(FakeBackend):
    def __init__(self, *, id: str, label: str, directory: Path) -> None:
        super().__init__(id, label)


FAKE_GATEWAY = f"{__name__}.FakeGateway"
FAKE_LOCAL = f"{__name__}.FakeLocal"


async def test_this_machine_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    use_configured_address(monkeypatch, "https://configured.example")
    built = await build(
        configured_gateway=True,
        local_gateway=True,
        gateways=registry.read_gateways([{"address": "https://b.example"}, {"address": "https://a.example"}]),
        others=registry.read_others([{"class": FAKE, "id": "other", "label": "Other"}]),
    )
    assert [backend.id for backend in built] == ["gateway", "b-example", "a-example", "other", "local"]
    # Also after those that are added later.
    assert [backend.listed_last for backend in built] == [False, False, False, False, True]


async def test_without_a_configured_gateway_none_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    use_configured_address(monkeypatch, None)
    assert await build(configured_gateway=True) == []


async def test_a_gateway_that_is_configured_and_listed_is_offered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    use_configured_address(monkeypatch, "https://a.example/")
    built = await build(configured_gateway=True, gateways=registry.read_gateways([{"address": "https://a.example"}]))
    assert [backend.id for backend in built] == ["a-example"]


@pytest.mark.parametrize("path", [f"{__name__}.BrokenBackend", "no.such.module.Backend", f"{__name__}.NoSuchClass", "nonsense"])
async def test_a_backend_that_cannot_be_loaded_says_so_and_hides_no_other(path: str, caplog: pytest.LogCaptureFixture) -> None:
    others = registry.read_others([{"class": path, "id": "broken", "label": "Broken"}, {"class": FAKE, "id": "sound", "label": "Sound"}])
    broken, sound = await build(others=others)
    assert (await sound.health()).state == "ready"
    health = await broken.health()
    assert health.state == "unavailable"
    assert "Broken can't be loaded" in (health.reason or "")
    assert "secret words" not in (health.reason or "") + caplog.text
    with pytest.raises(Unavailable):
        await broken.create({})


def use_configured_address(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    async def configured_address() -> str | None:
        return address

    monkeypatch.setattr(registry, "configured_address", configured_address)


# -- life --------------------------------------------------------------------------------------------------------------


async def test_the_handshake_makes_no_manager(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def build(*_: Any) -> list[Backend]:
        raise AssertionError("Nothing needs the backends yet.")

    monkeypatch.setattr(registry, "build", build)
    answer = await api.request("GET", "")
    assert answer.body["version"] == __version__
    assert "adaptive" in answer.body["capabilities"]


class Counting:
    """Builds backends, and counts how often."""

    def __init__(self, directory: Path, *, failures: int = 0) -> None:
        self.count = 0
        self.failures = failures
        self.directory = directory
        self.fake = FakeBackend()

    async def build(self) -> Sequence[Backend]:
        self.count += 1
        await asyncio.sleep(0)
        if self.count <= self.failures:
            raise OSError("The disk is full.")
        return [self.fake]

    def lifecycle(self, **options: Any) -> Lifecycle:
        return Lifecycle(self.build, lambda backends: ClusterManager(backends, Records(self.directory, LOG), LOG), LOG, **options)


async def test_all_callers_get_the_one_manager(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    lifecycle = counting.lifecycle()
    first, second = await asyncio.gather(lifecycle.manager(), lifecycle.manager())
    assert first is second
    assert counting.count == 1
    await lifecycle.close()


async def test_a_caller_that_goes_away_takes_nothing_with_it(tmp_path: Path) -> None:
    lifecycle = Counting(tmp_path).lifecycle()
    gone = asyncio.ensure_future(lifecycle.manager())
    await asyncio.sleep(0)
    gone.cancel()
    assert await lifecycle.manager() is await lifecycle.manager()
    await lifecycle.close()


async def test_after_a_failed_start_the_next_caller_tries_again(tmp_path: Path) -> None:
    counting = Counting(tmp_path, failures=1)
    lifecycle = counting.lifecycle()
    with pytest.raises(OSError, match="full"):
        await lifecycle.manager()
    await lifecycle.manager()
    await lifecycle.close()


@pytest.mark.parametrize(("end_kinds", "stopped"), [([], False), (["fake"], True)])
async def test_the_end_closes_the_backends_and_ends_what_should_end(tmp_path: Path, end_kinds: list[str], stopped: bool) -> None:
    counting = Counting(tmp_path)
    lifecycle = counting.lifecycle(end_kinds=end_kinds)
    manager = await lifecycle.manager()
    await manager.clusters()
    await lifecycle.close()
    assert counting.fake.closed is stopped
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with pytest.raises(Unavailable):
        await lifecycle.manager()


async def test_what_was_never_made_need_not_end(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    await counting.lifecycle().close()
    assert counting.count == 0


async def test_the_server_stops_the_extension(api: Api, server: ServerApp, fake: FakeBackend) -> None:
    await api.request("GET", "clusters")
    await server.extension_manager.stop_all_extensions()  # type: ignore[no-untyped-call]
    assert fake.closed is False
    answer = await api.request("GET", "clusters")
    assert (answer.status, answer.body["code"]) == (409, "unavailable")


async def test_what_an_earlier_server_left_is_taken_up_at_once(api: Api, server: ServerApp, fake: FakeBackend) -> None:
    await server.extension_manager.start_all_extensions()  # type: ignore[no-untyped-call]
    assert fake.calls.total() == 0
    records = Path(api.app.state_directory, RECORDS)
    records.mkdir(parents=True)
    (records / "something").touch()
    opened = asyncio.Event()
    api.app.lifecycle.open = opened.set  # type: ignore[method-assign, assignment]
    await server.extension_manager.start_all_extensions()  # type: ignore[no-untyped-call]
    assert opened.is_set()

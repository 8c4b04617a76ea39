"""Changes reach the browser as events that hold the whole public model, once each, and match their schemas."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
import yaml
from jupyter_events import EventLogger
from jupyter_server.serverapp import ServerApp

from pccompute_ext.errors import BackendFailed
from pccompute_ext.events import BACKEND_STATUS, CLUSTER_STATUS, Emitter, emit
from pccompute_ext.events.emit import SCHEMAS
from pccompute_ext.models import Account, Backend, BackendEvent, Cluster, ClusterEvent
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api


@pytest.fixture
def socket(api: Api, jp_ws_fetch: Callable[..., Any], jp_asyncio_loop: Any) -> Iterator[Any]:
    """A browser's connection to the event bus."""
    connected = jp_asyncio_loop.run_until_complete(jp_ws_fetch("api", "events", "subscribe"))
    yield connected
    connected.close()


async def next_event(socket: Any, schema: str, met: Callable[[dict[str, Any]], object] = lambda event: True) -> dict[str, Any]:
    """Return the next event of a schema that meets a condition."""
    while True:
        message = await socket.read_message()
        assert message is not None, "The server closed the connection."
        event: dict[str, Any] = json.loads(message)
        if event["schema_id"] == schema and met(event):
            return event


def properties_of(schema: str, *path: str) -> set[str]:
    (found,) = (loaded for loaded in (yaml.safe_load(file.read_text()) for file in SCHEMAS) if loaded["$id"] == schema)
    for key in path:
        found = found["properties"][key]
    return set(found["properties"])


@pytest.mark.parametrize(
    ("schema", "path", "model"),
    [
        (CLUSTER_STATUS, (), ClusterEvent),
        (CLUSTER_STATUS, ("cluster",), Cluster),
        (BACKEND_STATUS, (), BackendEvent),
        (BACKEND_STATUS, ("backend",), Backend),
    ],
)
def test_the_schemas_name_the_fields_of_the_models(schema: str, path: tuple[str, ...], model: type[msgspec.Struct]) -> None:
    assert properties_of(schema, *path) == {field.name for field in msgspec.structs.fields(model)}


async def test_a_new_cluster_arrives_whole(api: Api, socket: Any) -> None:
    created = (await api.request("POST", "clusters", {"backend": "fake", "label": "mine"})).body
    event = await next_event(socket, CLUSTER_STATUS, lambda event: event["cluster"] and event["cluster"]["state"] == "running")
    assert set(event["cluster"]) == set(created)
    assert (event["cluster"]["id"], event["cluster"]["label"], event["removed"]) == (created["id"], "mine", None)


async def test_a_rename_and_an_end_arrive(api: Api, fake: FakeBackend, socket: Any) -> None:
    created = (await api.request("POST", "clusters", {"backend": "fake"})).body
    await api.request("PATCH", f"clusters/{created['id']}", {"label": "renamed"})
    event = await next_event(socket, CLUSTER_STATUS, lambda event: event["cluster"] and event["cluster"]["label"])
    assert event["cluster"]["label"] == "renamed"
    await api.request("DELETE", f"clusters/{created['id']}")
    event = await next_event(socket, CLUSTER_STATUS, lambda event: event["removed"])
    assert (event["cluster"], event["removed"]) == (None, created["id"])


async def test_a_backend_in_trouble_arrives(api: Api, fake: FakeBackend, socket: Any) -> None:
    await api.request("GET", "clusters")
    fake.fail("clusters", BackendFailed("It is down."))
    fake.fail("health", BackendFailed("It is down."))
    await api.request("GET", "backends")
    event = await next_event(socket, BACKEND_STATUS, lambda event: event["backend"]["state"] != "ready")
    assert event["backend"]["id"] == "fake"


async def test_an_account_arrives_when_it_is_known(api: Api, fake: FakeBackend, socket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def account() -> Account:
        return Account(signed_in=False, text="Nobody is signed in.")

    monkeypatch.setattr(fake, "account", account)
    await api.request("GET", "backends")
    event = await next_event(socket, BACKEND_STATUS, lambda event: event["backend"]["account"])
    assert event["backend"]["account"] == {"signed_in": False, "method": None, "text": "Nobody is signed in."}


async def test_what_does_not_change_makes_no_event(api: Api, server: ServerApp, fake: FakeBackend) -> None:
    await api.request("POST", "clusters", {"backend": "fake"})
    await api.request("GET", "clusters")
    seen: list[dict[str, Any]] = []

    async def listen(logger: EventLogger, schema_id: str, data: dict[str, Any]) -> None:
        seen.append(data)

    assert server.event_logger is not None
    server.event_logger.add_listener(schema_id=CLUSTER_STATUS, listener=listen)
    manager = await api.app.lifecycle.manager()
    await manager.refresh()
    first = (await api.request("GET", "clusters")).body
    seen.clear()
    for _ in range(5):
        assert (await api.request("GET", "clusters")).body == first
    assert seen == []


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> tuple[EventLogger, io.StringIO]:
    """An event bus, and the lines that were sent on it. However slow the machine is, all events are told in one go."""
    monkeypatch.setattr(emit, "SLICE", 60.0)
    bus, sent = EventLogger(), io.StringIO()
    bus.register_handler(logging.StreamHandler(sent))
    return bus, sent


def labelled(id: str, label: str) -> ClusterEvent:
    return ClusterEvent(cluster=Cluster(id=id, backend="fake", name="secret-name", label=label, state="running"))


async def test_an_event_that_does_not_match_is_logged_and_not_sent(
    jp_asyncio_loop: object, bus: tuple[EventLogger, io.StringIO], caplog: pytest.LogCaptureFixture
) -> None:
    emitter = Emitter(bus[0], logging.getLogger("pccompute"))
    emitter.cluster(labelled("not an id", "wrong"))
    emitter.cluster(ClusterEvent(removed="0" * 16))
    await asyncio.sleep(0)
    (sent,) = bus[1].getvalue().splitlines()
    assert "0" * 16 in sent
    assert "was not sent" in caplog.text
    assert "secret-name" not in caplog.text


async def test_of_what_changes_before_its_turn_the_latest_is_told(jp_asyncio_loop: object, bus: tuple[EventLogger, io.StringIO]) -> None:
    emitter = Emitter(bus[0], logging.getLogger("pccompute"))
    emitter.cluster(labelled("0" * 16, "first"))
    emitter.cluster(labelled("1" * 16, "other"))
    emitter.cluster(labelled("0" * 16, "second"))
    emitter.backend(BackendEvent(removed="0" * 16))
    await asyncio.sleep(0)
    events = [json.loads(line) for line in bus[1].getvalue().splitlines()]
    assert [event["cluster"]["label"] if event.get("cluster") else event["removed"] for event in events] == ["second", "other", "0" * 16]


async def test_between_many_events_there_is_room_for_others(
    jp_asyncio_loop: object, bus: tuple[EventLogger, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emit, "SLICE", 0.0)
    emitter = Emitter(bus[0], logging.getLogger("pccompute"))
    told = []
    for number in range(3):
        emitter.cluster(labelled(f"{number:016}", "one of many"))
    for _ in range(3):
        await asyncio.sleep(0)
        told.append(len(bus[1].getvalue().splitlines()))
    assert told == [1, 2, 3]

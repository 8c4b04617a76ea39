"""A check tells of each step once it is done, to who accepts lines."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from pccompute_ext.backends.base import Backend, Health
from pccompute_ext.doctor import Doctor, Step, Subject
from pccompute_ext.doctor import doctor as module
from pccompute_ext.doctor.outcome import Outcome, passed
from pccompute_ext.handlers.base import LINES
from pccompute_ext.region import Regions
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api
from tests.doctor.kit import LOG

TITLES = ["First", "Second"]


class Checked(FakeBackend):
    """A backend in memory that is checked like a gateway."""

    connection = object()


@pytest.fixture
def backends() -> list[Backend]:
    return [Checked()]


@pytest.fixture
def told() -> asyncio.Event:
    """Set once somebody has heard of the first step."""
    return asyncio.Event()


@pytest.fixture
def steps(told: asyncio.Event) -> tuple[Step, ...]:
    """Of which the second one passes only after somebody has heard of the first one."""

    async def first(_: Subject) -> Outcome:
        return passed("At once.")

    async def second(_: Subject) -> Outcome:
        await told.wait()
        return passed("After somebody has heard of the first one.")

    return Step("first", TITLES[0], first), Step("second", TITLES[1], second, seconds=60)


async def test_each_step_is_told_before_the_next_one_begins(jp_asyncio_loop: object, told: asyncio.Event, steps: tuple[Step, ...]) -> None:
    heard = []

    def hear(row: Any) -> None:
        heard.append(row)
        told.set()

    report = await Doctor(LOG, steps=steps).check(Checked(), on_step=hear)
    assert report.steps == heard
    assert [row.state for row in heard] == ["passed", "passed"]


async def test_a_backend_that_is_no_gateway_says_how_it_is_and_where(jp_asyncio_loop: object) -> None:
    async def here() -> str:
        return "westeurope"

    fake = FakeBackend()
    report = await Doctor(LOG, regions=Regions("westeurope", here, {"fake": "West Europe"})).check(fake)
    assert [(row.id, row.state) for row in report.steps] == [("health", "passed"), ("region", "passed")]
    assert "beside the data" in report.steps[1].detail
    fake.state = Health("unavailable", "Install it.")
    (health, region) = (await Doctor(LOG, regions=Regions("westeurope", here)).check(fake)).steps
    assert (health.state, health.detail, region.state) == ("failed", "Install it.", "skipped")


async def test_it_is_sent_at_once(api: Api, told: asyncio.Event, steps: tuple[Step, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.Doctor.__init__, "__defaults__", (None, None, steps))
    received = bytearray()

    def hear(chunk: bytes) -> None:
        received.extend(chunk)
        told.set()

    asked = {"method": "POST", "body": b"{}", "headers": {"Accept": LINES}, "request_timeout": 120}
    answer = await api.fetch("pccompute", "backends", "fake", "check", streaming_callback=hear, **asked)
    assert answer.headers["Content-Type"] == LINES
    first, second, last = [json.loads(line) for line in received.splitlines()]
    assert [first["step"]["title"], second["step"]["title"]] == TITLES
    assert last["report"]["steps"] == [first["step"], second["step"]]
    assert (second["step"]["state"], first["report"], last["step"]) == ("passed", None, None)


async def test_others_get_the_report_as_a_whole(api: Api, told: asyncio.Event, steps: tuple[Step, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.Doctor.__init__, "__defaults__", (None, None, steps))
    told.set()
    answer = await api.request("POST", "backends/fake/check", {})
    assert answer.status == 200, answer
    assert [step["title"] for step in answer.body["steps"]] == TITLES


async def test_who_asks_for_what_is_not_there_gets_no_lines(api: Api) -> None:
    answer = await api.request("POST", "backends/none/check", {}, headers={"Accept": LINES})
    assert (answer.status, answer.body["code"]) == (404, "not-found")

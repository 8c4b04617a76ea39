"""What clusters cost: added up by their supervisors, told by servers."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pccompute_ext.backends.own_cost import cost_of
from pccompute_ext.models import ClusterState, Cost
from pccompute_ext.roster import found_id
from pccompute_ext.supervisor.bill import Bill
from pccompute_ext.supervisor.order import Order
from pccompute_ext.supervisor.state import State
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import Server

PRICES = {"scheduler": 3600.0, "worker": 3600.0, "currency": "EUR"}
ORDER = Order("a.Cluster", prices=PRICES)


class Clock:
    """The time of day, as the test sets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000.0
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def told(total: float, per_hour: float, at: float) -> Cost:
    return Cost(per_hour=per_hour, total=total, currency="EUR", at=datetime.fromtimestamp(at, UTC))


def test_it_adds_up_by_the_workers_that_there_are(clock: Clock) -> None:
    bill = Bill(PRICES)
    state = bill.charge(State(), None)
    assert (state.cost, state.cost_at, state.cost_per_hour) == (0.0, clock.now, 3600.0)
    clock.now += 30
    # Nothing changed, and it is not time yet.
    assert bill.charge(state, 0) is state
    clock.now += 70
    state = bill.charge(state, 2)
    assert (state.cost, state.cost_per_hour) == (100.0, 10800.0)
    clock.now += 10
    state = bill.charge(state, 0)
    assert (state.cost, state.cost_per_hour) == (130.0, 3600.0)
    # A clock that is set back takes nothing back.
    clock.now -= 3600
    assert bill.charge(state, 0) is state
    assert Bill({}).charge(state, 2) is state


def test_what_may_be_left_goes_on_to_cost_in_whole_minutes(clock: Clock) -> None:
    start = clock.now
    state = State(phase="running", cost=2.0, cost_at=start, cost_per_hour=3600.0)
    clock.now += 59
    assert cost_of(ORDER, state) == told(2.0, 3600.0, start)
    clock.now += 100
    assert cost_of(ORDER, state) == told(122.0, 3600.0, start + 120)
    # Its supervisor died.
    orphaned = replace(state, phase="orphaned", remains=("a machine",))
    assert cost_of(ORDER, orphaned) == told(122.0, 3600.0, start + 120)
    assert cost_of(ORDER, replace(orphaned, phase="failed", remains=())) == told(2.0, 0.0, start)
    assert cost_of(ORDER, State()) is None


async def test_it_is_told_also_of_what_is_left_of_a_failed_one(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("name")
    id, cluster = found_id(backend.id, "name"), backend.known["name"]
    async with (server := Server(tmp_path, backend)) as manager:
        steps: list[tuple[ClusterState, tuple[str, ...], float]] = [
            ("running", (), 1.0),
            ("running", (), 2.0),
            ("failed", ("a machine",), 3.0),
            ("failed", ("a machine",), 4.0),
        ]
        for state, remains, total in steps:
            cost = told(total, 36.0, 1_000_000.0 + total)
            cluster.report = replace(cluster.report, state=state, remains=remains, cost=cost)
            (shown,) = (await manager.clusters()).clusters
            assert shown == server.shown[id]
            assert (shown.state, shown.remains, shown.cost) == (state, list(remains), cost)

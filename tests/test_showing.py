"""The sentences on a card: why workers are missing, and how a start goes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pccompute_ext.backends.base import Observation
from pccompute_ext.models import Live, Scaling, Workers
from pccompute_ext.records import Record
from pccompute_ext.roster import Entry
from pccompute_ext.showing import show
from pccompute_ext.start_times import StartTimes
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, Server, request, until

STREAM = Live(kind="stream", connectable=True)


def entry(**changes: object) -> Entry:
    made = Entry(FakeBackend(), Record(id=ID, backend="fake", name="fake.abc", created=datetime.now(UTC)), state="running")
    for name, value in changes.items():
        setattr(made, name, value)
    return made


async def missing(waited: float, scaling: Scaling | None = None, *, ready: int = 1, requested: int = 3, limit: int | None = None) -> str | None:
    short = entry(scaling=scaling)
    short.observe(Observation(workers=Workers(ready=ready, requested=requested, arriving=requested - ready), live=STREAM))
    return show(short, limit=limit, usual=None, now=asyncio.get_running_loop().time() + waited).workers.reason


async def test_workers_that_are_on_their_way(jp_asyncio_loop: object) -> None:
    assert await missing(0) == "2 workers are still starting."
    assert await missing(0, ready=2) == "One worker is still starting."
    assert "2 workers have not come for more than a minute" in (await missing(61) or "")
    assert "more than five minutes" in (await missing(301) or "")
    assert await missing(0, ready=3) is None


async def test_the_limit_is_told_in_the_backends_words(jp_asyncio_loop: object) -> None:
    manual = Scaling(mode="manual", count=3)
    assert await missing(0, manual, limit=3) == "2 workers are still starting. More than 3 are not allowed here."
    assert await missing(0, manual, limit=9) == "2 workers are still starting."
    warned = Scaling(mode="manual", count=3, warning="Your quota is 3 workers.")
    assert await missing(0, warned) == "2 workers are still starting. Fake says: Your quota is 3 workers."


async def test_why_they_do_not_come_is_told_where_that_is_known(jp_asyncio_loop: object) -> None:
    short = entry()
    short.observe(Observation(workers=Workers(ready=1, requested=2, arriving=1, reason="The quota is used up."), live=STREAM))
    shown = show(short, limit=None, usual=None, now=asyncio.get_running_loop().time())
    assert shown.workers.reason == "One worker has not come: The quota is used up."


async def test_the_wait_begins_anew_with_every_worker_that_comes(jp_asyncio_loop: object) -> None:
    short = entry()
    now = asyncio.get_running_loop().time()
    short.observe(Observation(workers=Workers(ready=0, requested=2), live=STREAM))
    began = short.short_since = now - 100
    short.observe(Observation(workers=Workers(ready=0, requested=2), cores=1, live=STREAM))
    assert short.short_since == began
    short.observe(Observation(workers=Workers(ready=1, requested=2), live=STREAM))
    assert short.short_since >= now
    short.observe(Observation(workers=Workers(ready=2, requested=2), live=STREAM))
    assert short.short_since is None


async def test_what_was_set_here_stands_in_for_a_scheduler_out_of_reach(jp_asyncio_loop: object) -> None:
    far = entry(scaling=Scaling(mode="manual", count=2))
    assert show(far, limit=None, usual=None, now=0).workers == Workers(), "Nobody has looked yet"
    far.observe(Observation(workers=Workers(ready=1), live=Live(kind="http", reason="Closed", connectable=False)))
    counts = show(far, limit=None, usual=None, now=0).workers
    assert (counts.ready, counts.requested, counts.arriving) == (1, 2, 1)
    assert "can't be asked from here" in (counts.reason or "")
    far.observe(Observation(live=Live(kind="none", reason="Closed")))
    counts = show(far, limit=None, usual=None, now=0).workers
    assert (counts.ready, counts.requested, counts.arriving) == (None, 2, None)
    far.scaling = Scaling(mode="adaptive", minimum=0, maximum=4)
    assert show(far, limit=None, usual=None, now=0).workers == Workers()


@pytest.mark.parametrize(
    ("seconds", "usual", "said"),
    [(10, None, None), (130, None, "more than two minutes"), (20, 10.0, None), (50, 10.0, "much longer than usual"), (130, 100.0, None)],
)
def test_a_start_is_held_against_the_usual(seconds: float, usual: float | None, said: str | None) -> None:
    pending = entry(state="pending", created=datetime.now(UTC) - timedelta(seconds=seconds))
    cluster = show(pending, limit=None, usual=usual, now=0)
    assert cluster.starting is not None
    assert cluster.starting.usual_seconds == usual
    assert (said is None) == (len(cluster.progress) == 2)
    assert (said or "starts the scheduler") in cluster.progress[-1]


async def test_a_start_is_learned_from_and_a_failure_keeps_how_far_it_came(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        pending = await manager.create(request(backend))
        assert pending.starting is not None
        assert pending.starting.usual_seconds is None
        assert pending.progress[-1].startswith("Fake starts the scheduler")
        backend.run()
        await until(lambda: server.state() == "running")
        assert (server.shown[ID].starting, server.shown[ID].progress) == (None, [])

        second = await manager.create(request(backend, id="f" * 16))
        assert second.starting is not None
        assert second.starting.usual_seconds == 1, "The median in whole seconds, at least one"
        backend.set_state(list(backend.known)[-1], "failed", "No such image")
        await until(lambda: server.state("f" * 16) == "failed")
        failed = server.shown["f" * 16]
        assert (failed.reason, failed.starting) == ("No such image", None)
        assert failed.progress == second.progress


async def test_start_times_survive_a_restart_and_a_broken_file_does_no_harm(jp_asyncio_loop: object, tmp_path: Path) -> None:
    log = Server(tmp_path, FakeBackend()).log
    times = StartTimes(tmp_path / "starts", log)
    for seconds in (1000.0, *[10.0, 20.0, 30.0] * 7):
        await times.add("a", seconds)
    again = StartTimes(tmp_path / "starts", log)
    (tmp_path / "starts" / "b.json").write_text("{")
    await again.load()
    assert (again.usual("a"), again.usual("b"), again.usual("c")) == (20, None, None)


def test_what_is_left_is_that_of_its_state() -> None:
    def shown(state: str) -> list[str]:
        left = entry(state=state, remains=("a machine",), deleting=("a disk",))
        return show(left, limit=None, usual=None, now=0.0).remains

    states = {state: shown(state) for state in ("running", "stopping", "failed", "stopped")}
    assert states == {"running": [], "stopping": ["a disk"], "failed": ["a machine"], "stopped": []}

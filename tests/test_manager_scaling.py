"""Sizes: of several requests the last one wins, clamps are told, and failures lead back to what holds."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pccompute_ext.backends.base import ObservedScaling, Scaled
from pccompute_ext.errors import BackendFailed, Refused, WrongState
from pccompute_ext.manager import ClusterManager
from pccompute_ext.models import AdaptCluster, Adaptive, Cluster, Manual, ScaleCluster, Scaling
from pccompute_ext.scaling import as_observed
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, QUICK, Server, request, until


async def running(server: Server, backend: FakeBackend, scaling: Adaptive | Manual | None = None) -> str:
    """Make a cluster that runs; return the backend's name for it."""
    await server.manager.create(request(backend, scaling=scaling))
    await until(lambda: server.state() == "running" and (scaling is None or confirmed(server)))
    return next(iter(backend.known))


def scaling_of(cluster: Cluster) -> Scaling:
    assert cluster.scaling is not None
    return cluster.scaling


def confirmed(server: Server) -> bool:
    scaling = server.shown[ID].scaling
    return scaling is not None and scaling.confirmed


async def test_a_change_is_shown_as_asked_for_and_then_as_confirmed(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await running(server, backend)
        backend.hold("adapt")
        asking = asyncio.ensure_future(manager.adapt(ID, AdaptCluster(minimum=1, maximum=2)))
        await until(lambda: backend.calls["adapt"])
        scaling = scaling_of(server.shown[ID])
        assert (scaling.mode, scaling.minimum, scaling.maximum, scaling.confirmed) == ("adaptive", 1, 2, False)
        backend.release("adapt")
        assert scaling_of(await asking).confirmed
        await until(lambda: scaling_of(server.shown[ID]).source == "scheduler")
        assert scaling_of(server.shown[ID]).maximum == 2


async def test_fifty_and_then_two_ends_at_two(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        name = await running(server, backend)
        backend.hold("scale")
        asked = [asyncio.ensure_future(manager.scale(ID, ScaleCluster(count=50)))]
        await until(lambda: backend.calls["scale"])
        # While the backend is at the 50: one that never gets there, and the last.
        asked += [asyncio.ensure_future(manager.scale(ID, ScaleCluster(count=count))) for count in (7, 2)]
        await until(lambda: scaling_of(server.shown[ID]).count == 2)
        backend.release("scale")
        await asyncio.gather(*asked)
        assert [wanted.count for _, wanted in backend.scalings] == [50, 2]
        assert backend.known[name].scaling.count == 2
        assert scaling_of(await manager.get(ID)).count == 2


async def test_what_was_observed_before_a_change_does_not_undo_it(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        name = await running(server, backend)
        before = await backend.observe(name)
        backend.hold("scale")
        asking = asyncio.ensure_future(manager.scale(ID, ScaleCluster(count=2)))
        await until(lambda: backend.calls["scale"])
        manager.observed(ID, before)
        assert scaling_of(server.shown[ID]).count == 2
        backend.hold("observe")
        backend.release("scale")
        await asking
        manager.observed(ID, before)
        assert scaling_of(server.shown[ID]).count == 2
        backend.release("observe")


async def test_a_watch_that_tells_of_the_change_spares_the_question(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend, timings=replace(QUICK, look_after=3600.0))) as manager:
        name = await running(server, backend)
        before = await backend.observe(name)
        await manager.scale(ID, ScaleCluster(count=2))
        manager.observed(ID, before)
        assert (scaling_of(server.shown[ID]).count, scaling_of(server.shown[ID]).source) == (2, "set-here")
        asked = backend.calls["observe"]
        after = await backend.observe(name)
        manager.observed(ID, after)
        assert (scaling_of(server.shown[ID]).count, scaling_of(server.shown[ID]).source) == (2, "scheduler")
        # From now on, what others set counts again.
        manager.observed(ID, replace(after, scaling=ObservedScaling("manual", count=7)))
        assert scaling_of(server.shown[ID]).count == 7
        assert backend.calls["observe"] == asked + 1, "Only this test has asked."


async def test_a_clamp_is_told_and_the_limit_is_learned(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(limit=4)
    async with (server := Server(tmp_path, backend)) as manager:
        await running(server, backend)
        assert (await manager.options(backend.id)).limit is None
        scaling = scaling_of(await manager.scale(ID, ScaleCluster(count=50)))
        assert (scaling.count, scaling.limit, scaling.warning) == (4, 4, "A cluster may have 4 workers at most.")
        assert (await manager.options(backend.id)).limit == 4
        await until(lambda: scaling_of(server.shown[ID]).source == "scheduler")
        assert scaling_of(server.shown[ID]).warning == "A cluster may have 4 workers at most."
        assert scaling_of(await manager.scale(ID, ScaleCluster(count=2))).warning is None


async def test_a_clamp_at_the_start_is_told_too(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(limit=4)
    async with (server := Server(tmp_path, backend)):
        await running(server, backend, Adaptive(maximum=50))
        scaling = scaling_of(server.shown[ID])
        assert (scaling.maximum, scaling.limit) == (4, 4)
        assert scaling.warning


async def test_a_refused_change_leads_back(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await running(server, backend, Manual(count=1))
        await until(lambda: scaling_of(server.shown[ID]).source == "scheduler")
        before = server.shown[ID]
        backend.fail("scale", Refused("Not today"))
        with pytest.raises(Refused, match="Not today"):
            await manager.scale(ID, ScaleCluster(count=2))
        assert server.shown[ID] == before
    (record,) = await server.records.load()
    assert (record.scaling, record.applied) == (Manual(count=1), True)


async def test_a_change_that_fails_late_says_so_on_the_card(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)):
        await running(server, backend, Manual(count=1))
    async with (server := Server(tmp_path, backend, timings=replace(QUICK, answer_within=0.0))) as manager:
        await manager.clusters()
        backend.hold("scale")
        backend.fail("scale", BackendFailed("The gateway is gone"))
        assert not scaling_of(await manager.scale(ID, ScaleCluster(count=2))).confirmed
        backend.release("scale")
        await until(lambda: scaling_of(server.shown[ID]).warning == "The gateway is gone")
        assert scaling_of(server.shown[ID]).count == 1


async def test_the_first_size_is_tried_until_the_backend_takes_it(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)):
        backend.fail("adapt", BackendFailed("down"), times=3)
        await running(server, backend, Adaptive(maximum=2))
        assert backend.calls["adapt"] == 4
        assert len(backend.scalings) == 1


async def test_a_newer_request_replaces_a_first_size_that_fails(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("adapt", BackendFailed("down"))
        await manager.create(request(backend, scaling=Adaptive(maximum=9)))
        await until(lambda: backend.calls["adapt"] >= 2)
        await manager.scale(ID, ScaleCluster(count=2))
        backend.recover()
        await until(lambda: confirmed(server))
        assert [wanted.count for _, wanted in backend.scalings] == [2]


async def test_a_newer_request_that_is_refused_leaves_the_first_size_to_come(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("adapt", BackendFailed("down"))
        await manager.create(request(backend, scaling=Adaptive(maximum=9)))
        await until(lambda: backend.calls["adapt"] >= 2)
        backend.fail("scale", Refused("no"))
        with pytest.raises(Refused):
            await manager.scale(ID, ScaleCluster(count=2))
        backend.recover()
        await until(lambda: confirmed(server))
        assert [wanted.maximum for _, wanted in backend.scalings] == [9]


async def test_a_first_size_that_is_refused_says_so_and_is_given_up(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("adapt", Refused("Too many"))
        await manager.create(request(backend, scaling=Adaptive(maximum=9)))
        await until(lambda: scaling_of(server.shown[ID]).warning == "Too many")
        manager.observed(ID, await backend.observe(next(iter(backend.known))))
        scaling = scaling_of(server.shown[ID])
        assert (scaling.source, scaling.count, scaling.warning) == ("scheduler", 0, "Too many")
        assert backend.calls["adapt"] == 1


async def test_an_ended_cluster_has_no_size(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        name = await running(server, backend)
        backend.set_state(name, "failed", "Out of memory")
        await manager.clusters()
        with pytest.raises(WrongState, match="failed"):
            await manager.scale(ID, ScaleCluster(count=2))


def test_a_warning_stays_until_others_set_other_bounds() -> None:
    asked = Scaling(mode="manual", count=4, warning="clamped")
    seen = as_observed(ObservedScaling("manual", count=4), asked)
    assert seen.warning == "clamped"
    assert as_observed(ObservedScaling("manual", count=4), seen).warning == "clamped"
    assert as_observed(ObservedScaling("manual", count=3), seen).warning is None


class Unsteady(FakeBackend):
    """Takes as many turns of the event loop for each answer as a list says, and fails where that says so."""

    def __init__(self, answers: list[tuple[int, bool]]) -> None:
        super().__init__()
        self.answers = answers

    async def _set(self, verb: str, name: str, wanted: ObservedScaling) -> Scaled:
        turns, works = self.answers.pop(0) if self.answers else (0, True)
        for _ in range(turns):
            await asyncio.sleep(0)
        if not works:
            raise BackendFailed("a hiccup")
        return await super()._set(verb, name, wanted)


ANSWERS = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=8)
# A count or bounds, how many turns later the next request comes, and whether the cluster begins to run then.
REQUESTS = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 4), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(answers=ANSWERS, requests=REQUESTS)
def test_the_last_request_wins(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[int, bool]], requests: list[tuple[int, bool, int, bool]]
) -> None:
    directory = tmp_path_factory.mktemp("records")

    async def ask(manager: ClusterManager, number: int, adaptive: bool) -> bool:
        try:
            if adaptive:
                await manager.adapt(ID, AdaptCluster(maximum=number + 1))
            else:
                await manager.scale(ID, ScaleCluster(count=number))
        except BackendFailed:
            return False
        return True

    async def story() -> None:
        backend = Unsteady(answers)
        backend.auto_run = False
        async with (server := Server(directory, backend)) as manager:
            await manager.create(request(backend, scaling=Manual(count=0)))
            asked = []
            for number, adaptive, turns, run in requests:
                asked.append(asyncio.ensure_future(ask(manager, number, adaptive)))
                for _ in range(turns):
                    await asyncio.sleep(0)
                if run:
                    backend.run()
            backend.run()
            answered = await asyncio.gather(*asked)
            await until(lambda: confirmed(server))
            (name,) = backend.known
            has, shows = backend.known[name].scaling, scaling_of(server.shown[ID])
            # Whatever happened, what is shown is what is so; and where the last request was not refused, that is it.
            assert (has.mode, has.count, has.maximum) == (shows.mode, shows.count, shows.maximum)
            if answered[-1]:
                number, adaptive, _, _ = requests[-1]
                assert (shows.maximum if adaptive else shows.count) == (number + 1 if adaptive else number)

    asyncio.run(story())

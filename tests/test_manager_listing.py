"""The list: whole, true and in time, however the backends behave."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from pccompute_ext.backends.base import Health, Observation
from pccompute_ext.errors import BackendFailed, CredentialNeeded, NotFound, Unavailable, WrongState
from pccompute_ext.models import Live, Memory, ScaleCluster, UpdateCluster, Workers
from pccompute_ext.records import Records
from pccompute_ext.roster import found_id
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, QUICK, Server, request, until

NAME = "hub.0f0e0d0c0b0a09080706050403020100"
FOUND = found_id("fake", NAME)


async def test_a_cluster_made_elsewhere_is_listed_and_keeps_its_name_to_itself(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME, options={"worker_cores": 2})
    async with (server := Server(tmp_path, backend)) as manager:
        (cluster,) = (await manager.clusters()).clusters
        assert (cluster.id, cluster.name, cluster.state, cluster.options) == (FOUND, "03020100", "running", {"worker_cores": 2})
        assert NAME not in repr(server.events)
        assert (await manager.get(FOUND)) == cluster
        assert NAME in (await manager.snippets(FOUND)).snippets[0].code
        assert not list(tmp_path.rglob("*.json"))


async def test_only_changes_are_told(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        for _ in range(3):
            await manager.clusters()
        assert len(server.events) == 1
        assert len(server.backend_events) == 1
        observation = await backend.observe(NAME)
        for _ in range(3):
            manager.observed(FOUND, observation)
        assert len(server.events) == 2
        manager.observed("ffffffffffffffff", observation)
        assert len(server.events) == 2


async def test_backends_are_listed_in_order_newest_cluster_first(jp_asyncio_loop: object, tmp_path: Path) -> None:
    first, second = FakeBackend("first"), FakeBackend("second")
    second.add("s1")
    for name in ("f1", "f2"):
        first.add(name)
    async with Server(tmp_path, first, second) as manager:
        assert [cluster.name for cluster in (await manager.clusters()).clusters] == ["f2", "f1", "s1"]


async def test_one_that_is_stopped_elsewhere_shows_as_stopped_without_figures(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        manager.observed(FOUND, Observation(workers=Workers(ready=2), cores=2.0, memory=Memory(limit=1), live=Live(kind="stream")))
        assert server.shown[FOUND].workers.ready == 2
        backend.set_state(NAME, "stopped")
        (cluster,) = (await manager.clusters()).clusters
        assert cluster.state == "stopped"
        assert cluster.reason
        assert (cluster.workers, cluster.cores, cluster.memory, cluster.live) == (Workers(), None, Memory(), Live())
        # A watch that has not noticed yet changes nothing.
        manager.observed(FOUND, Observation(workers=Workers(ready=2)))
        assert server.shown[FOUND] == cluster
        await manager.stop(FOUND)
        assert not (await manager.clusters()).clusters
        assert backend.calls["stop"] == 0


async def test_one_that_fails_elsewhere_shows_why_until_dismissed(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME, "pending")
    async with Server(tmp_path, backend) as manager:
        await manager.clusters()
        backend.set_state(NAME, "failed", "Out of memory")
        (cluster,) = (await manager.clusters()).clusters
        assert (cluster.state, cluster.reason) == ("failed", "Out of memory")
        await manager.stop(FOUND)
        assert not (await manager.clusters()).clusters


async def test_one_that_was_never_seen_running_just_leaves(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME, "pending")
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        backend.forget(NAME)
        assert not (await manager.clusters()).clusters
        assert not server.shown


async def test_a_stopped_one_leaves_after_a_while(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend, timings=replace(QUICK, show_stopped=-1.0))) as manager:
        await manager.clusters()
        backend.set_state(NAME, "stopped")
        assert not (await manager.clusters()).clusters
        assert not server.shown


async def test_one_that_was_only_missed_for_a_moment_comes_back(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        lost = backend.known.pop(NAME)
        await manager.clusters()
        assert server.state(FOUND) == "stopped"
        backend.known[NAME] = lost
        await manager.clusters()
        assert server.state(FOUND) == "running"


async def test_an_answer_from_before_a_stop_does_not_bring_a_cluster_back(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        backend.hold("clusters", after=True)
        listing = asyncio.ensure_future(manager.clusters())
        await until(lambda: backend.calls["clusters"] == 2)
        await manager.stop(FOUND)
        await until(lambda: server.state(FOUND) is None)
        backend.release("clusters")
        assert not (await listing).clusters
        assert not server.shown


async def test_a_stop_that_fails_is_told_and_can_be_tried_again(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        backend.fail("stop", BackendFailed("down"))
        with pytest.raises(BackendFailed):
            await manager.stop(FOUND)
        assert server.state(FOUND) == "running"
        backend.recover()
        await asyncio.gather(manager.stop(FOUND), manager.stop(FOUND))
        await until(lambda: server.state(FOUND) is None)
        await manager.stop(FOUND)
        assert backend.calls["stop"] == 2


async def test_a_cluster_that_is_stopping_can_be_stopped_but_not_scaled(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.clusters()
        backend.hold("stop")
        stops = [asyncio.ensure_future(manager.stop(FOUND))]
        await until(lambda: server.state(FOUND) == "stopping")
        stops.append(asyncio.ensure_future(manager.stop(FOUND)))
        await manager.clusters()
        assert server.state(FOUND) == "stopping"
        with pytest.raises(WrongState):
            await manager.scale(FOUND, ScaleCluster(count=1))
        backend.release("stop")
        await asyncio.gather(*stops)
        assert backend.calls["stop"] == 1


async def test_an_unknown_cluster(jp_asyncio_loop: object, tmp_path: Path) -> None:
    async with Server(tmp_path, FakeBackend()) as manager:
        for asking in (
            manager.get(ID),
            manager.stop(ID),
            manager.scale(ID, ScaleCluster(count=1)),
            manager.update(ID, UpdateCluster(label="x")),
            manager.snippets(ID),
        ):
            with pytest.raises(NotFound):
                await asking
        with pytest.raises(NotFound):
            await manager.options("nowhere")


async def test_a_backend_that_is_gone_keeps_its_clusters_in_sight(jp_asyncio_loop: object, tmp_path: Path) -> None:
    bad, good = FakeBackend("bad"), FakeBackend("good")
    bad.add("b1")
    good.add("g1")
    async with (server := Server(tmp_path, bad, good)) as manager:
        await manager.clusters()
        bad.fail("clusters", BackendFailed("The gateway answered with nonsense"))
        listed = await manager.clusters()
        assert [(cluster.name, cluster.state, cluster.stale) for cluster in listed.clusters] == [("b1", "running", True), ("g1", "running", False)]
        assert [(problem.backend, problem.code, problem.message) for problem in listed.problems] == [
            ("bad", "backend-failed", "The gateway answered with nonsense")
        ]
        assert {backend.id: backend.state for backend in server.backends_told} == {"bad": "unreachable", "good": "ready"}
        bad.recover()
        listed = await manager.clusters()
        assert not listed.problems
        assert not any(cluster.stale for cluster in listed.clusters)
        await until(lambda: server.backends_told[-1].state == "ready")


async def test_a_slow_backend_does_not_hold_up_the_others(jp_asyncio_loop: object, tmp_path: Path) -> None:
    slow, quick = FakeBackend("slow"), FakeBackend("quick")
    slow.add("s1")
    quick.add("q1")
    timings = replace(QUICK, list_within=0.2)
    async with (server := Server(tmp_path, slow, quick, timings=timings)) as manager:
        await until_listed(manager.clusters, 2)
        slow.hold("clusters")
        quick.add("q2")
        await until_listed(manager.clusters, 3)
        listed = await manager.clusters()
        assert [(cluster.name, cluster.stale) for cluster in listed.clusters if cluster.backend == "slow"] == [("s1", True)]
        assert [problem.code for problem in listed.problems if problem.backend == "slow"] == ["backend-timeout"]
        asked = slow.calls["clusters"]
        await manager.clusters()
        assert slow.calls["clusters"] == asked, "A question that is still open is not asked again"
        slow.release("clusters")
        # Taken when it comes, without another question.
        await until(lambda: not server.shown[found_id("slow", "s1")].stale)


async def until_listed(clusters: object, count: int) -> None:
    assert callable(clusters)
    async with asyncio.timeout(30):
        while len((await clusters()).clusters) != count:
            pass


async def test_a_backend_that_never_answers_is_given_up(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.hold("clusters")
    backend.hold("options")
    async with Server(tmp_path, backend, timings=replace(QUICK, call_within=0.01)) as manager:
        (problem,) = (await manager.clusters()).problems
        assert problem.code == "backend-timeout"


async def test_a_mistake_in_a_backend_is_one_backends_problem(jp_asyncio_loop: object, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken, good = FakeBackend("broken"), FakeBackend("good")
    good.add("g1")
    broken.fail("clusters", KeyError("https://gateway/clusters/a-secret-name"))
    async with Server(tmp_path, broken, good) as manager:
        listed = await manager.clusters()
        assert [cluster.name for cluster in listed.clusters] == ["g1"]
        assert [problem.code for problem in listed.problems] == ["backend-failed"]
        assert "KeyError at" in caplog.text
        assert "a-secret-name" not in caplog.text + repr(listed)


async def test_those_who_ask_at_once_share_one_question(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend, timings=replace(QUICK, fresh_for=3600.0)) as manager:
        await asyncio.gather(*(manager.clusters() for _ in range(5)))
        await manager.clusters()
        assert backend.calls["clusters"] == 1


async def test_a_young_list_is_answered_with_while_a_newer_one_is_asked_for(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add(NAME)
    async with (server := Server(tmp_path, backend, timings=replace(QUICK, known_for=3600.0))) as manager:
        # The first is waited for: nothing is known yet.
        assert len((await manager.clusters()).clusters) == 1
        backend.add("second")
        backend.hold("clusters")
        assert len((await manager.clusters()).clusters) == 1
        backend.release("clusters")
        await until(lambda: len(server.shown) == 2)
        # Whoever looks for one that is not known does wait.
        backend.add("third")
        assert (await manager.get(found_id("fake", "third"))).state == "running"


async def test_an_old_list_is_not_answered_with(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend, timings=replace(QUICK, known_for=0.001)) as manager:
        await manager.clusters()
        await asyncio.sleep(0.01)
        backend.add(NAME)
        assert len((await manager.clusters()).clusters) == 1


async def test_after_a_failure_nothing_counts_as_known(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend, timings=replace(QUICK, known_for=3600.0)) as manager:
        await manager.clusters()
        backend.fail("clusters", BackendFailed("down"))
        await manager.refresh()
        assert (await manager.clusters()).problems
        backend.recover()
        assert not (await manager.clusters()).problems


async def test_after_a_change_of_a_backend_nothing_counts_as_known(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend, timings=replace(QUICK, known_for=3600.0)) as manager:
        await manager.clusters()
        backend.fail("clusters", CredentialNeeded("Log in again"))
        await manager.backend_changed(backend.id)
        await until(lambda: backend.calls["clusters"] == 2)
        assert (await manager.clusters()).problems


async def test_clusters_of_others_cost_no_writing(jp_asyncio_loop: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(Records, "_write", lambda _, id, record: written.append(id))
    backend = FakeBackend()
    backend.add(NAME)
    async with Server(tmp_path, backend) as manager:
        await manager.clusters()
        await manager.update(FOUND, UpdateCluster(label="Mine"))
        assert written == [FOUND]
        await manager.update(FOUND, UpdateCluster(label=None))
        assert written == [FOUND] * 2


async def test_states_of_backends(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backends = [FakeBackend(name) for name in ("ready", "key", "gone", "slow", "broken", "bare")]
    ready, key, gone, slow, broken, bare = backends
    key.state = Health("needs-credential", "Log in")
    gone.fail("health", BackendFailed("No route"))
    slow.hold("health")
    broken.fail("health", KeyError("x"))
    bare.fail("health", Unavailable("Install it"))
    async with (server := Server(tmp_path, *backends, timings=replace(QUICK, list_within=0.5))) as manager:
        states = {backend.id: backend.state for backend in (await manager.backends()).backends}
        assert states == {
            "ready": "ready",
            "key": "needs-credential",
            "gone": "unreachable",
            "slow": "unreachable",
            "broken": "unreachable",
            "bare": "unavailable",
        }
        slow.release("health")
        await until(lambda: (server.backends_told[-1].id, server.backends_told[-1].state) == ("slow", "ready"))
        ready.fail("clusters", CredentialNeeded("Log in again"))
        await manager.refresh()
        assert server.backends_told[-1].state == "needs-credential"


async def test_a_label_is_told(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        assert (await manager.update(ID, UpdateCluster(label="Mine"))).label == "Mine"
        assert server.shown[ID].label == "Mine"
        assert (await manager.update(ID, UpdateCluster(label=None))).label is None

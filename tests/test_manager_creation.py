"""Creating clusters: once each, cancelled or not, whatever the backend answers and whenever."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pccompute_ext.errors import BackendFailed, NotFound, Refused, WrongState
from pccompute_ext.models import Adaptive, CreateCluster, Manual, ScaleCluster
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, QUICK, Server, request, until


async def test_a_new_cluster_is_pending_then_runs_with_its_size(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        cluster = await manager.create(request(backend, scaling=Adaptive(minimum=1, maximum=2), label="Mine"))
        assert (cluster.id, cluster.state, cluster.label, cluster.options) == (ID, "pending", "Mine", {"worker_cores": 1})
        assert cluster.created is not None
        assert cluster.scaling is not None
        assert (cluster.scaling.mode, cluster.scaling.minimum, cluster.scaling.maximum, cluster.scaling.confirmed) == ("adaptive", 1, 2, False)
        assert not backend.scalings
        backend.run()
        # Nobody looks: it is followed all the same.
        await until(lambda: backend.scalings)
        await until(lambda: (scaling := server.shown[ID].scaling) is not None and scaling.source == "scheduler")
        assert server.state() == "running"
        assert len(backend.scalings) == 1
        assert backend.calls["clusters"] == 0


async def test_without_an_id_one_is_made(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend) as manager:
        first = await manager.create(CreateCluster(backend=backend.id))
        second = await manager.create(CreateCluster(backend=backend.id))
        assert first.id != second.id
        assert len(backend.known) == 2


async def test_the_same_request_twice_makes_one_cluster(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend) as manager:
        backend.hold("create")
        both = asyncio.gather(manager.create(request(backend)), manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
        backend.release("create")
        first, second = await both
        third = await manager.create(request(backend))
        assert first.id == second.id == third.id == ID
        assert len(backend.known) == 1
        with pytest.raises(WrongState, match="Another cluster has this id"):
            await manager.create(request(backend, cores=2))


async def test_the_same_request_after_the_clusters_end_makes_none(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        await manager.stop(ID)
        await until(lambda: server.state() is None)
        with pytest.raises(WrongState, match="has ended since"):
            await manager.create(request(backend))
        await manager.stop(ID)
        assert len(backend.known) == 1


async def test_an_unknown_backend(jp_asyncio_loop: object, tmp_path: Path) -> None:
    async with Server(tmp_path, FakeBackend()) as manager:
        with pytest.raises(NotFound):
            await manager.create(CreateCluster(backend="nowhere"))


async def test_a_refusal_is_told_and_leaves_nothing(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        with pytest.raises(Refused, match="Unknown fields"):
            await manager.create(CreateCluster(backend=backend.id, id=ID, options={"cores": 3}))
        assert not server.shown
        assert not (await manager.clusters()).clusters
        assert (await manager.create(request(backend))).id == ID
    assert len(await server.records.load()) == 1


async def test_a_late_refusal_shows_as_failed_until_dismissed(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    timings = replace(QUICK, answer_within=0.0)
    async with (server := Server(tmp_path, backend, timings=timings)) as manager:
        backend.hold("create")
        backend.fail("create", Refused("worker_cores must be <= 8"))
        assert (await manager.create(request(backend, scaling=Manual(count=2)))).state == "pending"
        backend.release("create")
        await until(lambda: server.state() == "failed")
        assert server.shown[ID].reason == "worker_cores must be <= 8"
    async with (server := Server(tmp_path, backend)) as manager:
        failed = await manager.get(ID)
        assert (failed.state, failed.reason) == ("failed", "worker_cores must be <= 8")
        # What its maker needs to try again.
        assert failed.options == {"worker_cores": 1}
        assert failed.scaling is not None
        assert failed.scaling.count == 2
        await manager.stop(ID)
        assert server.state() is None
    assert not await server.records.load()


async def test_a_scheduler_that_fails_shows_why(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        (name,) = backend.known
        backend.set_state(name, "failed", "No room for a scheduler")
        await until(lambda: server.state() == "failed")
        assert server.shown[ID].reason == "No room for a scheduler"
        await manager.stop(ID)
        with pytest.raises(NotFound):
            await manager.get(ID)


async def test_a_cluster_that_vanishes_before_it_runs_has_failed(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        backend.forget(next(iter(backend.known)))
        await until(lambda: server.state() == "failed")


async def test_a_pending_cluster_can_be_cancelled(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        await manager.stop(ID)
        await until(lambda: server.state() is None)
        assert [cluster.report.state for cluster in backend.known.values()] == ["stopped"]
    assert not await server.records.load()


@pytest.mark.parametrize("after", [False, True], ids=["before its work", "after its work"])
async def test_a_cluster_can_be_cancelled_while_the_backend_is_asked(jp_asyncio_loop: object, tmp_path: Path, after: bool) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.hold("create", after=after)
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
        await manager.stop(ID)
        # It may come to be, and would cost money: it stays in sight until it is known to be gone.
        assert server.state() == "stopping"
        backend.fail("stop", BackendFailed("down"), times=2)
        backend.release("create")
        await creating
        await until(lambda: server.state() is None)
        assert [cluster.report.state for cluster in backend.known.values()] == ["stopped"]


async def test_a_cancelled_cluster_that_is_refused_is_gone(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.hold("create")
        backend.fail("create", Refused("no"))
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
        await manager.stop(ID)
        backend.release("create")
        with pytest.raises(Refused):
            await creating
        assert server.state() is None


async def test_the_list_does_not_show_a_cluster_twice_while_it_is_made(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.hold("create", after=True)
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.known)
        assert [cluster.id for cluster in (await manager.clusters()).clusters] == [ID]
        backend.release("create")
        await creating
        assert [cluster.id for cluster in (await manager.clusters()).clusters] == [ID]
        assert {event.cluster.id for event in server.events if event.cluster} == {ID}


async def test_others_are_listed_while_a_cluster_is_made(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("older")
    backend.known["older"].report = replace(backend.known["older"].report, created=datetime(2020, 1, 1, tzinfo=UTC))
    async with Server(tmp_path, backend) as manager:
        backend.hold("create")
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
        assert [cluster.name for cluster in (await manager.clusters()).clusters if cluster.id != ID] == ["older"]
        backend.release("create")
        await creating


async def test_a_size_asked_for_while_pending_replaces_the_first_one(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend, scaling=Manual(count=50)))
        cluster = await manager.scale(ID, ScaleCluster(count=2))
        assert cluster.scaling is not None
        assert (cluster.scaling.count, cluster.scaling.confirmed) == (2, False)
        backend.run()
        await until(lambda: backend.scalings)
        await until(lambda: (found := server.shown[ID].scaling) is not None and found.confirmed)
        assert [wanted.count for _, wanted in backend.scalings] == [2]


async def test_snippets_want_a_named_cluster(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend) as manager:
        backend.hold("create")
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
        with pytest.raises(WrongState):
            await manager.snippets(ID)
        backend.release("create")
        await creating
        assert next(iter(backend.known)) in (await manager.snippets(ID)).snippets[0].code

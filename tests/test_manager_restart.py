"""What a restart of the server must not lose."""

import asyncio
from pathlib import Path

import pytest

from pccompute_ext.errors import BackendFailed, Unavailable
from pccompute_ext.models import Adaptive, Manual, ScaleCluster, UpdateCluster
from pccompute_ext.records import Record
from pccompute_ext.roster import found_id
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, Server, request, until


async def test_a_pending_cluster_gets_its_size_after_a_restart(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with Server(tmp_path, backend) as manager:
        before = await manager.create(request(backend, scaling=Adaptive(maximum=2), label="Mine"))
    backend.run()
    async with (server := Server(tmp_path, backend)) as manager:
        await until(lambda: backend.scalings)
        await until(lambda: server.state() == "running")
        after = await manager.get(ID)
        assert (after.id, after.name, after.label, after.created) == (before.id, before.name, "Mine", before.created)
        # The request that made it is still known.
        assert (await manager.create(request(backend, scaling=Adaptive(maximum=2), label="Mine"))).id == ID
        assert len(backend.known) == 1
    async with Server(tmp_path, backend) as manager:
        await manager.clusters()
    assert len(backend.scalings) == 1, "A size that was taken is not sent again"


def name_of(backend: FakeBackend) -> str:
    (name,) = backend.known
    return name


async def test_a_size_whose_answer_was_missed_is_sent_again(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend, scaling=Manual(count=9)))
        await until(lambda: server.state() == "running" and backend.scalings)
        backend.hold("scale")
        asking = asyncio.ensure_future(manager.scale(ID, ScaleCluster(count=2)))
        await until(lambda: backend.calls["scale"] == 2)
    await asking
    backend.release("scale")
    async with Server(tmp_path, backend):
        await until(lambda: len(backend.scalings) == 2)
    assert backend.known[name_of(backend)].scaling.count == 2


async def test_a_cluster_is_in_sight_while_its_backend_is_down_at_the_start(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend, scaling=Manual(count=1)))
        await until(lambda: server.state() == "running" and backend.scalings)
    backend.fail("clusters", BackendFailed("down"))
    async with Server(tmp_path, backend) as manager:
        (cluster,) = (await manager.clusters()).clusters
        assert (cluster.state, cluster.stale) == ("running", True)
        assert cluster.scaling is not None
        assert (cluster.scaling.count, cluster.scaling.source) == (1, "set-here")
        backend.recover()
        (cluster,) = (await manager.clusters()).clusters
        assert not cluster.stale


async def test_a_server_that_died_while_asking_finds_its_cluster(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("older")
    async with Server(tmp_path, backend) as manager:
        backend.hold("create", after=True)
        asking = asyncio.ensure_future(manager.create(request(backend, cores=2, scaling=Manual(count=1), label="Mine")))
        await until(lambda: len(backend.known) == 2)
    await asking
    backend.release("create")
    backend.fail("clusters", BackendFailed("down"), times=2)
    async with (server := Server(tmp_path, backend)) as manager:
        await until(lambda: server.state() == "running" and backend.scalings)
        assert {cluster.label for cluster in (await manager.clusters()).clusters} == {"Mine", None}
        assert len(backend.known) == 2


@pytest.mark.parametrize("twins", [0, 2])
async def test_a_server_that_died_while_asking_claims_nothing_in_doubt(jp_asyncio_loop: object, tmp_path: Path, twins: int) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend) as manager:
        backend.hold("create")
        asking = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.calls["create"])
    await asking
    backend.release("create")
    for number in range(twins):
        backend.add(f"twin{number}", options={"worker_cores": 1})
    async with (server := Server(tmp_path, backend)) as manager:
        await until(lambda: server.state() == "failed")
        assert "The server stopped" in (server.shown[ID].reason or "")
        assert len((await manager.clusters()).clusters) == twins + 1


async def test_a_stop_goes_on_after_a_restart(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        await until(lambda: server.state() == "running")
        backend.hold("stop")
        stopping = asyncio.ensure_future(manager.stop(ID))
        await until(lambda: backend.calls["stop"])
    await stopping
    backend.release("stop")
    async with (server := Server(tmp_path, backend)):
        await until(lambda: server.state() is None)
    assert backend.known[name_of(backend)].report.state == "stopped"
    assert not await server.records.load()


async def test_labels_and_sizes_of_clusters_made_elsewhere_are_kept(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("elsewhere")
    found = found_id(backend.id, "elsewhere")
    async with Server(tmp_path, backend) as manager:
        await manager.update(found, UpdateCluster(label="Theirs"))
        await manager.scale(found, ScaleCluster(count=2))
    async with Server(tmp_path, backend) as manager:
        (cluster,) = (await manager.clusters()).clusters
        assert (cluster.id, cluster.label) == (found, "Theirs")
        assert cluster.scaling is not None
        assert cluster.scaling.count == 2
        backend.forget("elsewhere")
        await manager.clusters()
        await manager.stop(found)
    assert not list(tmp_path.rglob("*.json"))


async def test_a_cluster_that_ended_meanwhile_leaves(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        await until(lambda: server.state() == "running")
    backend.forget(name_of(backend))
    async with (server := Server(tmp_path, backend)) as manager:
        assert not (await manager.clusters()).clusters
        assert not server.shown
    assert not await server.records.load()


async def test_a_record_of_an_absent_backend_waits_for_it(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    record = Record(id=ID, backend="absent", name="n", label="Kept")
    async with (server := Server(tmp_path, backend)) as manager:
        await server.records.put(record)
    async with (server := Server(tmp_path, backend)) as manager:
        assert not (await manager.clusters()).clusters
    assert await server.records.load() == [record]


async def test_close_ends_the_clusters_of_the_named_kinds(jp_asyncio_loop: object, tmp_path: Path) -> None:
    kept, broken = FakeBackend("kept"), FakeBackend("broken")
    broken.fail("close", BackendFailed("gone"))
    server = Server(tmp_path, kept, broken)
    await server.manager.start()
    await server.manager.close(end_kinds={"local"})
    assert kept.closed is False
    ended = FakeBackend("ended")
    async with (server := Server(tmp_path, ended)) as manager:
        await manager.create(request(ended))
        await manager.close(end_kinds={"fake"})
    assert ended.closed is True
    assert not await server.records.load()


async def test_clusters_that_could_not_be_ended_are_remembered(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        await manager.create(request(backend))
        backend.fail("close", BackendFailed("gone"))
        await manager.close(end_kinds={"fake"})
    assert [record.id for record in await server.records.load()] == [ID]


async def test_a_manager_that_is_ending_begins_nothing(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    server = Server(tmp_path, backend)
    await server.manager.close()
    with pytest.raises(Unavailable):
        await server.manager.clusters()
    assert not backend.calls["clusters"]

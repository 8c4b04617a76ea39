"""Creating clusters when the backend's answer does not arrive: the list tells what came to be."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pccompute_ext.errors import BackendFailed, BackendTimeout
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import ID, Server, request, until


async def test_a_clock_that_is_far_off_makes_no_twin(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.hold("create", after=True)
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.known)
        (name,) = backend.known
        backend.known[name].report = replace(backend.known[name].report, created=datetime(2020, 1, 1, tzinfo=UTC))
        assert len((await manager.clusters()).clusters) == 2
        backend.release("create")
        await creating
        assert [cluster.id for cluster in (await manager.clusters()).clusters] == [ID]
        assert set(server.shown) == {ID}


async def test_a_cancelled_cluster_whose_answer_is_lost_is_stopped_when_it_is_found(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.hold("create", after=True)
        backend.fail("create", BackendTimeout("no answer"), after=True)
        backend.fail("clusters", BackendFailed("down"))
        creating = asyncio.ensure_future(manager.create(request(backend)))
        await until(lambda: backend.known)
        await manager.stop(ID)
        backend.release("create")
        with pytest.raises(BackendTimeout):
            await creating
        assert server.state() == "stopping"
        backend.recover()
        await until(lambda: server.state() is None)
        assert [cluster.report.state for cluster in backend.known.values()] == ["stopped"]


async def test_a_lost_answer_is_made_good_by_the_list(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with Server(tmp_path, backend) as manager:
        backend.fail("create", BackendFailed("The connection broke"), after=True)
        assert (await manager.create(request(backend, label="Mine"))).label == "Mine"
        assert [cluster.id for cluster in (await manager.clusters()).clusters] == [ID]
        assert len(backend.known) == 1


async def test_a_failure_that_made_nothing_is_told(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("create", BackendFailed("down"))
        with pytest.raises(BackendFailed, match="down"):
            await manager.create(request(backend))
        assert not server.shown
        backend.recover()
        await manager.create(request(backend))
        assert len(backend.known) == 1


@pytest.mark.parametrize("made", [False, True])
async def test_a_retry_after_a_lost_answer_makes_no_second_cluster(jp_asyncio_loop: object, tmp_path: Path, made: bool) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("create", BackendTimeout("no answer"), after=made)
        backend.fail("clusters", BackendFailed("down"))
        with pytest.raises(BackendTimeout):
            await manager.create(request(backend))
        assert server.state() is None
        with pytest.raises(BackendFailed):
            await manager.create(request(backend))
        assert len(backend.known) == int(made)
        backend.recover()
        assert (await manager.create(request(backend))).id == ID
        await until(lambda: server.state() == "running")
        assert len(backend.known) == 1


async def test_an_answer_lost_for_good_leaves_nothing(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (server := Server(tmp_path, backend)) as manager:
        backend.fail("create", BackendTimeout("no answer"))
        backend.fail("clusters", BackendFailed("down"))
        with pytest.raises(BackendTimeout):
            await manager.create(request(backend))
        backend.recover()
        await until(lambda: not list(tmp_path.rglob("*.json")))
        assert not server.shown

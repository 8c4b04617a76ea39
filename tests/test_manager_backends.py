"""Backends that come and go while the manager is at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from pccompute_ext.backends.base import Health
from pccompute_ext.errors import BackendFailed, NotFound, WrongState
from pccompute_ext.models import BackendEvent
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import Server, request, until


async def test_a_backend_that_is_added_is_used_like_all_others(jp_asyncio_loop: object, tmp_path: Path) -> None:
    first, second = FakeBackend("first"), FakeBackend("second", "Second")
    second.add("found")
    async with (server := Server(tmp_path, first)) as manager:
        await manager.backends()
        told = await manager.add_backend(second)
        assert (told.id, told.state) == ("second", "ready")
        assert [backend.id for backend in (await manager.backends()).backends] == ["first", "second"]
        (cluster,) = (await manager.clusters()).clusters
        assert cluster.backend == "second"
        made = await manager.create(request(second))
        assert made.backend == "second"
        with pytest.raises(WrongState):
            await manager.add_backend(FakeBackend("first"))
        assert server.backend_events[-1].backend is not None


async def test_what_is_listed_last_stays_last(jp_asyncio_loop: object, tmp_path: Path) -> None:
    first, last = FakeBackend("first"), FakeBackend("last")
    last.listed_last = True
    for backend in (first, last):
        backend.add("found")
    # As after a restart, where the user's own come after those of the configuration.
    async with Server(tmp_path, last, first) as manager:
        own = FakeBackend("own")
        own.add("found")
        await manager.add_backend(own)
        assert [backend.id for backend in (await manager.backends()).backends] == ["first", "own", "last"]
        assert [cluster.backend for cluster in (await manager.clusters()).clusters] == ["first", "own", "last"]


async def test_a_backend_is_removed_only_without_clusters(jp_asyncio_loop: object, tmp_path: Path) -> None:
    stays, goes = FakeBackend("stays"), FakeBackend("goes", "Leaving")
    async with (server := Server(tmp_path, stays, goes)) as manager:
        await manager.backends()
        made = await manager.create(request(goes))
        await until(lambda: server.state(made.id) == "running")
        with pytest.raises(WrongState, match="Leaving still has clusters"):
            await manager.remove_backend("goes")
        assert not goes.calls["close"]
        await manager.stop(made.id)
        await until(lambda: made.id not in server.shown)
        await manager.remove_backend("goes")
        assert goes.closed is False
        assert server.backend_events[-1] == BackendEvent(removed="goes")
        assert [backend.id for backend in (await manager.backends()).backends] == ["stays"]
        for gone in (manager.options("goes"), manager.remove_backend("goes")):
            with pytest.raises(NotFound):
                await gone


async def test_a_backend_that_does_not_answer_can_be_removed_and_what_is_late_is_dropped(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("somewhere")
    async with (server := Server(tmp_path, backend)) as manager:
        assert len((await manager.clusters()).clusters) == 1
        backend.fail("clusters", BackendFailed("It is gone"))
        await manager.clusters()
        backend.recover()
        backend.hold("clusters")
        backend.hold("health")
        calls = backend.calls["clusters"]
        manager.renew_lease()
        task = manager._tasks.start(manager.refresh(), "A look while it is removed")
        await until(lambda: backend.calls["clusters"] > calls)
        await manager.remove_backend(backend.id)
        backend.release("clusters")
        backend.release("health")
        await until(task.done)
        assert server.shown == {}
        assert (await manager.clusters()).clusters == []
        assert server.backend_events[-1].removed == backend.id


async def test_a_change_is_seen_at_once(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.state = Health("needs-credential", "Sign in")
    async with (server := Server(tmp_path, backend)) as manager:
        assert (await manager.backends()).backends[0].state == "needs-credential"
        backend.state = Health("ready")
        backend.add("now to be seen")
        assert (await manager.backend_changed(backend.id)).state == "ready"
        await until(lambda: len(server.shown) == 1)

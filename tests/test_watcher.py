"""The watcher: awake while somebody looks, asleep otherwise, and one broken watch harms no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pccompute_ext.backends.base import ObservedScaling
from pccompute_ext.errors import BackendFailed
from pccompute_ext.roster import found_id
from pccompute_ext.testing.fake_backend import FakeBackend
from pccompute_ext.watcher import Watcher
from tests.manager_kit import ID, QUICK, Server, request, until


@asynccontextmanager
async def watched(directory: Path, *backends: FakeBackend, lease: float = 3600.0) -> AsyncIterator[Server]:
    async with (server := Server(directory, *backends, timings=replace(QUICK, lease=lease))):
        watcher = Watcher(server.manager)
        watcher.start()
        try:
            yield server
        finally:
            await watcher.close()


async def test_nothing_is_asked_while_nobody_looks(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("a")
    async with watched(tmp_path, backend) as server:
        for _ in range(50):
            await asyncio.sleep(0)
        assert not backend.calls
        server.manager.renew_lease()
        await until(lambda: backend.watching["a"])


async def test_changes_elsewhere_are_told_without_a_click(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    async with watched(tmp_path, backend) as server:
        await server.manager.clusters()
        backend.add("new")
        found = found_id(backend.id, "new")
        await until(lambda: server.state(found) == "running")
        await until(lambda: server.shown[found].workers.ready == 0)
        backend.known["new"].scaling = ObservedScaling("manual", count=2)
        backend.changed.set()
        await until(lambda: server.shown[found].workers.ready == 2)
        assert server.shown[found].live.kind == "stream"
        backend.set_state("new", "stopped")
        await until(lambda: server.state(found) == "stopped")
        await until(lambda: not backend.watching["new"])


async def test_a_new_cluster_is_watched_as_soon_as_it_runs(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend(auto_run=False)
    async with watched(tmp_path, backend) as server:
        await server.manager.clusters()
        await server.manager.create(request(backend))
        backend.run()
        await until(lambda: server.shown[ID].live.kind == "stream")


async def test_all_watches_end_with_the_lease(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("a")
    async with watched(tmp_path, backend, lease=0.3) as server:
        await until_watched(server, backend)
        await until(lambda: not server.manager.looked_at and not backend.watching["a"])
        before = backend.calls.copy()
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert backend.calls == before
        await until_watched(server, backend)


async def until_watched(server: Server, backend: FakeBackend) -> None:
    async with asyncio.timeout(30):
        while not backend.watching["a"]:
            server.manager.renew_lease()
            await asyncio.sleep(0.001)


async def test_a_watch_that_fails_says_so_and_begins_again(jp_asyncio_loop: object, tmp_path: Path) -> None:
    bad, good = FakeBackend("bad"), FakeBackend("good")
    bad.add("b")
    good.add("g")
    bad_id, good_id = found_id("bad", "b"), found_id("good", "g")
    bad.fail("watch", BackendFailed("The scheduler does not answer"))
    async with watched(tmp_path, bad, good) as server:
        await server.manager.clusters()
        await until(lambda: bad.calls["watch"] > 3 and server.shown[good_id].live.kind == "stream")
        assert server.shown[bad_id].live.reason == "The scheduler does not answer"
        bad.fail("watch", KeyError("a-secret-name"))
        await until(lambda: "unexpected" in (server.shown[bad_id].live.reason or ""))
        assert "a-secret-name" not in repr(server.events)
        bad.recover()
        await until(lambda: server.shown[bad_id].live.kind == "stream")

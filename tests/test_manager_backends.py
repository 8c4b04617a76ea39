"""Backends that come and go while the manager is at work."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pccompute_ext.backends.base import ClusterReport, Health
from pccompute_ext.errors import BackendFailed, NotFound, Unavailable, WrongState
from pccompute_ext.models import Account, BackendEvent, Leftover, LeftoverList, Offers, OffersQuestion
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


class Provider(FakeBackend):
    """A backend that makes machines in somebody's account."""

    finds_leftovers = True

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.signed_in = Account(signed_in=True, method="a card", text="Signed in by a card.")

    async def account(self) -> Account | None:
        await self.asked.wait()
        return self.signed_in

    async def offers(self, options: Mapping[str, Any]) -> Offers:
        return Offers(values={"size": [f"{options['place']}-large"]})

    async def leftovers(self) -> LeftoverList:
        left = Leftover(id="left", cluster="1a2b3c4d", place="the attic", resources=["a disk"])
        return LeftoverList(leftovers=[left], looked_into=["the attic"], reason="The cellar is locked.")

    async def take_leftover(self, id: str) -> ClusterReport:
        self.add("taken", "stopping")
        return self.known["taken"].report


async def test_nobody_waits_for_the_account(jp_asyncio_loop: object, tmp_path: Path) -> None:
    provider = Provider()
    async with (server := Server(tmp_path, provider)) as manager:
        (backend,) = (await manager.backends()).backends
        assert (backend.state, backend.account, backend.finds_leftovers) == ("ready", None, True)
        provider.asked.set()
        await until(lambda: server.backend_events[-1].backend == msgspec.structs.replace(backend, account=provider.signed_in))
        # What is asked anew in between does not take it away.
        assert (await manager.backends()).backends[0].account == provider.signed_in


async def test_a_question_for_an_account_does_not_outlive_its_backend(jp_asyncio_loop: object, tmp_path: Path) -> None:
    async with Server(tmp_path, Provider(), FakeBackend("stays")) as manager:
        await manager.backends()
        await manager.remove_backend("fake")
        assert [backend.id for backend in (await manager.backends()).backends] == ["stays"]


async def test_offers_and_leftovers_are_those_of_the_backend(jp_asyncio_loop: object, tmp_path: Path) -> None:
    provider = Provider()
    async with (server := Server(tmp_path, provider, FakeBackend("other"))) as manager:
        offers = await manager.offers("fake", OffersQuestion(options={"place": "here"}))
        assert offers.values == {"size": ["here-large"]}
        assert (await manager.offers("other", OffersQuestion())).values == {}
        assert (await manager.leftovers("fake")) == await provider.leftovers()
        with pytest.raises(Unavailable):
            await manager.leftovers("other")
        with pytest.raises(Unavailable):
            await manager.take_leftover("other", "left")

        taken = await manager.take_leftover("fake", "left")
        assert (taken.backend, taken.state) == ("fake", "stopping")
        assert [cluster.id for cluster in (await manager.clusters()).clusters] == [taken.id]
        provider.forget("taken")
        await manager.clusters()
        await until(lambda: taken.id not in server.shown)

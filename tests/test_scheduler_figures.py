"""What is run inside schedulers to tell their figures, here over a scheduler made of plain objects: when it tells, and what is a change."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from pccompute_ext.backends.scheduler_figures import as_message

HOUR = 3600.0


class Scheduler(SimpleNamespace):
    """As much of a scheduler as is looked at."""

    def __init__(self) -> None:
        super().__init__(
            workers={},
            task_groups={},
            clients={"fire-and-forget": None},
            services={},
            plugins={},
            unrunnable=set(),
            transition_log=[],
            time_started=1000.0,
            idle_timeout=None,
        )

    def add_plugin(self, plugin: Any, *, name: str) -> None:
        assert name not in self.plugins
        self.plugins[name] = plugin

    def remove_plugin(self, *, name: str) -> None:
        del self.plugins[name]

    def add_worker(self, name: str, memory: float = 0.0) -> None:
        self.workers[name] = SimpleNamespace(nthreads=2, memory_limit=1000, metrics={"memory": memory})
        for plugin in self.plugins.values():
            plugin.add_worker(scheduler=self, worker=name)

    def remove_worker(self, name: str) -> None:
        del self.workers[name]
        for plugin in self.plugins.values():
            plugin.remove_worker(scheduler=self, worker=name, stimulus_id="x")


@pytest.fixture
def scheduler() -> Iterator[Scheduler]:
    scheduler = Scheduler()
    yield scheduler
    assert scheduler.plugins == {}, "Nothing may be left in a scheduler"


def asked(last: dict[str, Any] | None, every: float = HOUR, longest: float = HOUR) -> tuple[Any, Any]:
    message = as_message(last, every, longest)
    assert b"pccompute" not in message["setup"][:60], "Its pickle names nothing of ours"
    return pickle.loads(message["setup"]), pickle.loads(message["function"])


async def told(scheduler: Scheduler, last: dict[str, Any] | None = None, every: float = HOUR, longest: float = HOUR) -> dict[str, Any]:
    """As Dask's own ``feed`` does it."""
    setup, function = asked(last, every, longest)
    state = await setup(scheduler)
    figures: dict[str, Any] = function(scheduler, state)["figures"]
    with pytest.raises(OSError, match=r"^$"):
        function(scheduler, state)
    # As they arrive: over the wire, every list becomes a tuple.
    return {name: tuple(value) if isinstance(value, list) else value for name, value in figures.items()}


async def waiting(scheduler: Scheduler) -> None:
    while not scheduler.plugins:
        await asyncio.sleep(0)


def test_its_pickles_name_nothing_but_a_builtin() -> None:
    message = as_message({"clients": ["a"]}, 1.0, 5.0)
    for part in ("setup", "function"):
        globals_named = {(module, name) for module, name in named(message[part])}
        assert globals_named == {("builtins", "eval")}


def named(text: bytes) -> list[tuple[str, str]]:
    import pickletools

    strings: list[str] = []
    found = []
    for opcode, argument, _ in pickletools.genops(text):
        if opcode.name == "STACK_GLOBAL":
            found.append((strings[-2], strings[-1]))
        elif isinstance(argument, str):
            strings.append(argument)
    return found


async def test_the_first_time_it_tells_at_once(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    scheduler.add_worker("a", memory=5)
    figures = await told(scheduler)
    assert (figures["workers"], figures["cores"], figures["memory_limit"], figures["memory_used"]) == (1, 2, 1000, 5)
    assert (figures["idle_since"], figures["idle_timeout"]) == (1000.0, None)
    assert "count" not in figures


async def test_a_worker_that_comes_or_goes_is_told_without_a_look(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    last = await told(scheduler)
    for change, count in ((scheduler.add_worker, 1), (scheduler.remove_worker, 0)):
        telling = asyncio.create_task(told(scheduler, last))
        await waiting(scheduler)
        change("a")
        last = await telling
        assert last["workers"] == count


async def test_what_wakes_nobody_is_seen_at_the_next_look(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    scheduler.services["gateway"] = SimpleNamespace(adapt_task=None, count=0, minimum=None, maximum=None, idle_timeout=600)
    last = await told(scheduler)
    assert last["idle_timeout"] == 600
    telling = asyncio.create_task(told(scheduler, last, every=0.01))
    await waiting(scheduler)
    scheduler.services["gateway"].count = 2
    assert (await telling)["count"] == 2


async def test_the_memory_of_an_idle_cluster_is_no_news(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    scheduler.add_worker("a", memory=500)
    last = await told(scheduler)
    for memory in (505, 491, 509.9):
        scheduler.workers["a"].metrics["memory"] = memory
        assert await told(scheduler, last, every=0.001, longest=0.002) == last
    scheduler.workers["a"].metrics["memory"] = 510
    assert (await told(scheduler, last))["memory_used"] == 510


async def test_without_a_change_it_gives_a_sign_of_life(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    last = await told(scheduler)
    telling = asyncio.create_task(told(scheduler, last, longest=0.05))
    await waiting(scheduler)
    assert not telling.done(), "Without a change there is nothing to tell yet"
    assert await telling == last


async def test_who_is_a_client(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    scheduler.clients |= {"Client-2": None, "Client-1": None, "Client-worker-3": None}
    assert (await told(scheduler))["clients"] == ("Client-1", "Client-2")


async def test_a_busy_cluster_is_not_idle(jp_asyncio_loop: object, scheduler: Scheduler) -> None:
    scheduler.task_groups["sum"] = SimpleNamespace(states={"processing": 3, "waiting": 2, "queued": 1, "erred": 1})
    scheduler.idle_timeout = 60
    figures = await told(scheduler)
    assert (figures["processing"], figures["waiting"], figures["erred"], figures["idle_timeout"]) == (3, 3, 1, 60)
    assert "idle_since" not in figures
    scheduler.task_groups.clear()
    scheduler.transition_log.append(("sum", "processing", "memory", {}, "x", 2000.0))
    assert (await told(scheduler, figures))["idle_since"] == 2000.0

"""What a scheduler tells of itself, and when.

The text of :func:`telling` is sent to schedulers and runs there, so it stands alone: only what every supported version of Python and distributed
has, no imports from here, and answers of plain values.
"""

from __future__ import annotations

import functools
import inspect
import pickle
from collections.abc import Mapping
from typing import Any


def telling(last: dict[str, Any] | None, every: float, longest: float) -> tuple[Any, Any]:  # noqa: C901 -- one text
    """Make the two functions that a scheduler's ``feed`` takes: ``setup`` waits for a change, ``function`` tells it once and ends the feed.

    ``last`` is what was told before. A worker or client that comes or goes wakes it at once; anything else is looked at ``every`` so many
    seconds. After ``longest`` seconds it is told that nothing changed, as a sign of life.
    """
    import asyncio
    import time

    from distributed.diagnostics.plugin import SchedulerPlugin

    def add_work(told: dict[str, Any], scheduler: Any) -> None:
        states = [group.states for group in scheduler.task_groups.values()]
        told["processing"] = sum(group.get("processing", 0) for group in states)
        told["waiting"] = sum(group.get(name, 0) for group in states for name in ("waiting", "queued", "no-worker"))
        told["erred"] = sum(group.get("erred", 0) for group in states)

    def add_workers(told: dict[str, Any], scheduler: Any) -> None:
        workers = list(scheduler.workers.values())
        told["workers"] = len(workers)
        told["cores"] = sum(worker.nthreads for worker in workers)
        told["memory_limit"] = limit = sum(worker.memory_limit or 0 for worker in workers)
        used = sum(worker.metrics.get("memory") or 0 for worker in workers)
        before = (last or {}).get("memory_used")
        # Memory is never still: what is less than a hundredth of all is no change.
        told["memory_used"] = before if before is not None and abs(used - before) < limit / 100 else used

    def add_service(told: dict[str, Any], scheduler: Any) -> None:
        service = scheduler.services.get("gateway")
        timeouts = [getattr(scheduler, "idle_timeout", None)]
        if service is not None:
            told["adaptive"] = service.adapt_task is not None
            for name in ("count", "minimum", "maximum"):
                told[name] = getattr(service, name)
            timeouts.append(service.idle_timeout)
        told["idle_timeout"] = min(filter(None, timeouts), default=None)
        if not told["processing"] and not scheduler.unrunnable:
            # As the gateway's service itself measures it.
            log = scheduler.transition_log
            told["idle_since"] = log[-1][-1] if log else scheduler.time_started

    def figures(scheduler: Any) -> dict[str, Any]:
        told: dict[str, Any] = {}
        add_work(told, scheduler)
        add_workers(told, scheduler)
        add_service(told, scheduler)
        # One of the clients is the scheduler's own, for results that nobody waits for; and tasks may be clients of their own cluster.
        names = sorted(name for name in scheduler.clients if name != "fire-and-forget" and not name.startswith("Client-worker-"))
        # A tuple, as which it comes back: distributed makes every list one.
        told["clients"] = tuple(names)
        return told

    class Waker(SchedulerPlugin):
        def __init__(self) -> None:
            self.name = f"pccompute-{id(self)}"
            self.changed = asyncio.Event()

        def wake(self, *args: Any, **kwargs: Any) -> None:
            self.changed.set()

        add_worker = remove_worker = add_client = remove_client = wake

    async def setup(scheduler: Any) -> list[dict[str, Any]]:
        waker = Waker()
        scheduler.add_plugin(waker, name=waker.name)
        try:
            end = time.monotonic() + longest
            while figures(scheduler) == last and (left := end - time.monotonic()) > 0:
                timer = asyncio.get_running_loop().call_later(min(every, left), waker.changed.set)
                await waker.changed.wait()
                timer.cancel()
                waker.changed.clear()
                # Where one comes, others may come right after it: they are told together.
                await asyncio.sleep(0.02)
            return [{"figures": figures(scheduler), "now": time.time()}]
        finally:
            scheduler.remove_plugin(name=waker.name)

    def function(scheduler: Any, told: list[dict[str, Any]]) -> dict[str, Any]:
        if not told:
            # This is how a feed ends in order.
            raise OSError
        return told.pop()

    return setup, function


def as_message(last: Mapping[str, Any] | None, every: float, longest: float) -> dict[str, Any]:
    """The request that makes a scheduler tell its figures, once they differ from ``last``.

    Its pickles name only the builtin ``eval``, so both sides may be of any version.
    """
    setup = _pickled(f"({None if last is None else dict(last)!r}, {every!r}, {longest!r})[0]")
    return {"op": "feed", "setup": setup, "function": _function(), "interval": 0}


def prepare() -> None:
    """Read the file that the first request needs: not for the event loop."""
    _function()


def _pickled(call: str) -> bytes:
    return pickle.dumps(_Expression(f"(lambda space: exec({_source()}, space) or space['telling']{call})({{}})"), protocol=4)


@functools.cache
def _function() -> bytes:
    # It depends on none of the arguments, and with a thousand schedulers making it is work.
    return _pickled("(None, 0.0, 0.0)[1]")


@functools.cache
def _source() -> str:
    # With this import its annotations are not evaluated where it runs.
    return repr(f"from __future__ import annotations\n\n{inspect.getsource(telling)}")


class _Expression:
    def __init__(self, text: str) -> None:
        self._text = text

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return eval, (self._text,)

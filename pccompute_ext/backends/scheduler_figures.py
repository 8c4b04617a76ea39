"""What a scheduler tells of itself.

The text of :func:`figures` is sent to schedulers and runs there, so it stands alone: only what every supported version of Python and distributed
has, no imports from here, and an answer of plain numbers.
"""

from __future__ import annotations

import functools
import inspect
import pickle
from typing import Any


# The annotations are text (see the future import above), and are not evaluated where this runs.
def figures(scheduler):  # type: ignore[no-untyped-def]
    """A scheduler's figures now, in time that does not grow with its tasks."""
    import time

    workers = list(scheduler.workers.values())
    states = [group.states for group in scheduler.task_groups.values()]

    told = {
        "workers": len(workers),
        "cores": sum(worker.nthreads for worker in workers),
        "memory_limit": sum(worker.memory_limit or 0 for worker in workers),
        "memory_used": sum(worker.metrics.get("memory") or 0 for worker in workers),
        "processing": sum(group.get("processing", 0) for group in states),
        "waiting": sum(group.get(name, 0) for group in states for name in ("waiting", "queued", "no-worker")),
        "erred": sum(group.get("erred", 0) for group in states),
        # One of them is the scheduler's own, for results that nobody waits for.
        "clients": len([name for name in scheduler.clients if name != "fire-and-forget"]),
    }
    service = scheduler.services.get("gateway")
    if service is not None:
        told["adaptive"] = service.adapt_task is not None
        for name in ("count", "minimum", "maximum"):
            told[name] = getattr(service, name)
        if service.idle_timeout and not told["processing"] and not scheduler.unrunnable:
            # As the service itself measures it. Told as a duration, since clocks differ.
            log = scheduler.transition_log
            told["idle_for"] = max(0.0, time.time() - (log[-1][-1] if log else scheduler.time_started))
            told["idle_timeout"] = service.idle_timeout
    return told


@functools.cache
def as_message() -> bytes:
    """A pickle that becomes :func:`figures` where it is loaded. Only the builtin ``eval`` is named in it, so both sides may be of any version.

    Reads a file the first time: not for the event loop.
    """
    return pickle.dumps(_Source(inspect.getsource(figures)), protocol=4)


class _Source:
    def __init__(self, text: str) -> None:
        self._text = text

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return eval, (f"(lambda namespace: exec({self._text!r}, namespace) or namespace['figures'])({{}})",)

"""When the workers of a cluster join and leave, by the scheduler's own clock.

A plugin in the scheduler notes the moments, which are sent here over a connection of its own. Dask's ``subscribe_worker_status`` would not do: a
scheduler has one such subscriber, and dask-labextension's ``GatewayCluster`` would no longer be it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pccompute_ext.testing.gateway_user import GatewayUser

PATIENCE = 90.0
"""Seconds in which the scheduler can be connected to."""

EVERY = "50ms"
"""How often the moments are sent. They are those of the change itself, so this does not count."""


@contextmanager
def moments(user: GatewayUser, name: str) -> Iterator[list[float]]:
    """A list that grows by the time (milliseconds since the epoch) of each joining or leaving."""
    noted: list[float] = []
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_follow(user, name, noted, ready, done),), daemon=True)
    thread.start()
    try:
        if not ready.wait(PATIENCE):
            raise TimeoutError("The scheduler can't be connected to.")
        yield noted
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


async def _follow(user: GatewayUser, name: str, noted: list[float], ready: threading.Event, done: asyncio.Event) -> None:
    from cloudpickle import dumps
    from dask_gateway import BasicAuth, Gateway
    from distributed.comm import connect

    address, auth = user.gateway.address, BasicAuth(user.name, user.gateway.password)
    async with Gateway(address, proxy_address=user.gateway.proxy_address, auth=auth, asynchronous=True) as gateway:
        report = next(report for report in await gateway.list_clusters() if report.name == name)
        comm = await connect(report.scheduler_address, **report.security.get_connection_args("client"))
        try:
            setup, function, teardown = map(dumps, _noting())
            await comm.write({"op": "feed", "setup": setup, "function": function, "teardown": teardown, "interval": EVERY})
            reading = asyncio.create_task(_read(comm, noted, ready))
            await asyncio.wait({reading, asyncio.create_task(done.wait())}, return_when=asyncio.FIRST_COMPLETED)
            reading.cancel()
        finally:
            comm.abort()


async def _read(comm: Any, noted: list[float], ready: threading.Event) -> None:
    while True:
        noted.extend(await comm.read())
        ready.set()


def _noting() -> tuple[Callable[..., Any], ...]:
    """What runs in the scheduler: the three functions of a ``feed``. They are pickled by value, for this module is not there."""
    import time

    from distributed.diagnostics.plugin import SchedulerPlugin

    class Noting(SchedulerPlugin):
        def __init__(self) -> None:
            self.name = f"bench-{id(self)}"
            self.moments: list[float] = []

        def note(self, *_: Any, **__: Any) -> None:
            self.moments.append(1000 * time.time())

        add_worker = remove_worker = note

    def setup(scheduler: Any) -> Any:
        noting = Noting()
        scheduler.add_plugin(noting, name=noting.name)
        return noting

    def function(_: Any, noting: Any) -> list[float]:
        news, noting.moments = noting.moments, []
        return news

    def teardown(scheduler: Any, noting: Any) -> None:
        scheduler.remove_plugin(name=noting.name)

    return setup, function, teardown

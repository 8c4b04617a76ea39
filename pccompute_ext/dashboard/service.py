"""What all requests for dashboards share, from the first one to the server's stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..errors import WrongState
from ..tasks import Tasks
from .root import Root
from .tickets import Tickets

if TYPE_CHECKING:
    from ..manager import ClusterManager
    from .upstream import Upstream

MOST_SOCKETS: Final = 256
"""As many websockets are relayed at a time: a page could open any number."""

REMEMBERED: Final = 10.0
"""Seconds for which a backend is not asked again where a dashboard is: a page is some twenty requests."""


class Dashboards:
    """Tickets, connections, and where the dashboards are.

    Parameters
    ----------
    manager
        Gives the manager.
    """

    def __init__(self, manager: Callable[[], Awaitable[ClusterManager]], log: logging.Logger) -> None:
        self.tickets = Tickets()
        self.tasks = Tasks(log)
        self.sockets = 0
        self._manager = manager
        self._upstream: Upstream | None = None
        self._roots: dict[str, tuple[float, Root]] = {}

    async def root(self, cluster_id: str) -> Root:
        """A running cluster's dashboard.

        Raises
        ------
        ComputeError
            As :meth:`ClusterManager.dashboard`.
        """
        now = asyncio.get_running_loop().time()
        self._roots = {id: (until, root) for id, (until, root) in self._roots.items() if now < until}
        if cluster_id not in self._roots:
            manager = await self._manager()
            root = Root(await manager.dashboard(cluster_id))
            self._roots[cluster_id] = asyncio.get_running_loop().time() + REMEMBERED, root
        return self._roots[cluster_id][1]

    def forget(self, cluster_id: str) -> None:
        """Ask anew where a dashboard is: it did not answer there."""
        self._roots.pop(cluster_id, None)

    @contextmanager
    def one_more_socket(self) -> Iterator[None]:
        """Count an open websocket; raise ``WrongState`` where there are too many."""
        if self.sockets >= MOST_SOCKETS:
            raise WrongState(f"{MOST_SOCKETS} live plots are open on this server, which is the most. Close some.")
        self.sockets += 1
        try:
            yield
        finally:
            self.sockets -= 1

    async def upstream(self) -> Upstream:
        """The connections."""
        if self._upstream is None:
            # aiohttp is not imported at the server's start; by now a backend mostly has.
            make = await asyncio.to_thread(_upstream_class)
            if self._upstream is None:
                self._upstream = make()
        return self._upstream

    async def close(self) -> None:
        """End everything that is being relayed."""
        await self.tasks.close()
        if self._upstream is not None:
            await self._upstream.close()


def _upstream_class() -> type[Upstream]:
    from .upstream import Upstream

    return Upstream

"""When the cluster manager is made and ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence

from .backends.base import Backend
from .errors import Unavailable
from .manager import ClusterManager
from .watcher import Watcher


class Lifecycle:
    """Makes the manager and its watcher once, when they are first needed, and ends them.

    Not at the server's start, since that would make everybody wait for the import of Dask.

    Parameters
    ----------
    build
        Makes the backends.
    make
        Makes the manager from the backends.
    end_kinds
        The kinds of backend whose clusters end with the server.
    """

    def __init__(
        self,
        build: Callable[[], Awaitable[Sequence[Backend]]],
        make: Callable[[Sequence[Backend]], ClusterManager],
        log: logging.Logger,
        *,
        end_kinds: Collection[str] = (),
    ) -> None:
        self._build = build
        self._make = make
        self._log = log
        self._end_kinds = end_kinds
        self._opening: asyncio.Task[tuple[ClusterManager, Watcher]] | None = None
        self._closed = False

    async def manager(self) -> ClusterManager:
        """Return the manager, once it has started. All callers get the same; after a failure the next one tries again.

        Raises
        ------
        Unavailable
            The server is stopping.
        """
        # Shielded, since a browser that goes away must not take the manager with it.
        manager, _ = await asyncio.shield(self.open())
        return manager

    def open(self) -> asyncio.Task[tuple[ClusterManager, Watcher]]:
        """Begin to make the manager, without waiting for it."""
        if self._closed:
            raise Unavailable("The Jupyter server is stopping.")
        failed = self._opening is not None and self._opening.done() and (self._opening.cancelled() or self._opening.exception())
        if self._opening is None or failed:
            self._opening = asyncio.ensure_future(self._open())
        return self._opening

    async def _open(self) -> tuple[ClusterManager, Watcher]:
        manager = self._make(await self._build())
        await manager.start()
        watcher = Watcher(manager)
        watcher.start()
        return manager, watcher

    async def close(self) -> None:
        """End the watcher, then the manager; whatever was never made need not end."""
        self._closed = True
        if self._opening is None:
            return
        try:
            manager, watcher = await self._opening
        except Exception as error:
            self._log.debug("Nothing to end, since the start failed: %r", error)
            return
        await watcher.close()
        await manager.close(end_kinds=self._end_kinds)

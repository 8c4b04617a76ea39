"""Who uses the clusters: Dask's client ids brought together with what this server knows of its kernels."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping

from .models import ClientUse
from .roster import Entry, Roster
from .tasks import Tasks

Resolver = Callable[[Collection[str]], Awaitable[Mapping[str, ClientUse]]]
"""Finds those of some client ids of whom more is known."""


async def knows_nobody(ids: Collection[str]) -> Mapping[str, ClientUse]:
    """Where there are no kernels."""
    return {}


class Users:
    """Keeps ``used_by`` of all clusters true. One question at a time, for all of them."""

    def __init__(self, roster: Roster, tasks: Tasks, resolve: Resolver) -> None:
        self._roster = roster
        self._tasks = tasks
        self._resolve = resolve
        self._asking: asyncio.Task[None] | None = None
        self._again = False

    def observed(self, entry: Entry) -> None:
        """Find out who they are, where a cluster has other clients than before."""
        if entry.observation.client_ids != entry.resolved_ids:
            self.look()

    def look(self) -> None:
        """Find out anew: a notebook may have another name by now."""
        if not any(entry.observation.client_ids or entry.used_by for entry in self._roster):
            return
        self._again = True
        if self._asking is None or self._asking.done():
            self._asking = self._tasks.start(self._ask(), "Finding out who uses the clusters")

    async def _ask(self) -> None:
        while self._again:
            self._again = False
            asked = {entry: entry.observation.client_ids for entry in self._roster}
            ids = {id for ids in asked.values() for id in ids}
            known = await self._resolve(ids) if ids else {}
            for entry, ids_then in asked.items():
                entry.resolved_ids = ids_then
                uses = {use.kernel: use for id in ids_then if (use := known.get(id)) is not None}
                entry.used_by = sorted(uses.values(), key=lambda use: use.label)
                self._roster.tell(entry)

"""What JupyterLab's panel does at the server, without a browser: REST requests, and the stream of events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp

from .server import JupyterServer

CLUSTER_STATUS = "https://events.jupyter.org/pccompute/cluster_status/v1"
PATIENCE = 90.0
"""Seconds to wait for an event, on a machine that is busy."""


class Panel:
    """One user's."""

    def __init__(self, session: aiohttp.ClientSession, server: JupyterServer) -> None:
        self._session = session
        self._root = server.url + "pccompute/"
        self._changed = asyncio.Event()
        self.clusters: dict[str, dict[str, Any]] = {}
        """The newest model of each cluster that an event told of."""

    async def request(self, method: str, path: str, body: object = None) -> Any:
        """Ask the REST API, and return the answer's JSON."""
        async with self._session.request(method, self._root + path, json=body) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            return await answer.json() if answer.status != 204 else None

    async def wait_for(self, cluster: str, met: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the events have told a condition of a cluster."""
        async with asyncio.timeout(PATIENCE):
            while cluster not in self.clusters or not met(self.clusters[cluster]):
                self._changed.clear()
                await self._changed.wait()

    async def follow(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        """Take the events until the stream ends."""
        async for message in stream:
            event = json.loads(message.data)
            if event.get("schema_id") != CLUSTER_STATUS:
                continue
            if cluster := event.get("cluster"):
                self.clusters[cluster["id"]] = cluster
            if removed := event.get("removed"):
                self.clusters.pop(removed, None)
            self._changed.set()


@contextlib.asynccontextmanager
async def panel(server: JupyterServer) -> AsyncIterator[Panel]:
    """A panel that follows the events."""
    async with (
        aiohttp.ClientSession(headers=server.headers) as session,
        session.ws_connect(server.url.replace("http", "ws", 1) + "api/events/subscribe", max_msg_size=0) as stream,
    ):
        opened = Panel(session, server)
        following = asyncio.create_task(opened.follow(stream))
        try:
            yield opened
        finally:
            following.cancel()

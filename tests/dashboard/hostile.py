"""A small real server in the place of a dashboard, that does what none should."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from pccompute_ext.backends.base import DashboardTarget
from pccompute_ext.testing.fake_backend import FakeBackend

NAME = "default.0123456789abcdef0123456789abcdef"
PENDING = "default.00000000000000000000000000000000"
"""A cluster that does not run."""
PAGE = f'<html><a href="/gateway/clusters/{NAME}/workers">workers</a><script src="../../../statics/x.js"></script><p>{NAME}</p></html>'


@dataclass
class HostileDashboard:
    """The server, and what it has seen.

    Attributes
    ----------
    requests
        The headers of every request, by path below its root.
    open
        How many requests and websockets are open, by path.
    sent
        How many bytes it got rid of, by path.
    received
        The messages that came through websockets.
    """

    requests: dict[str, Any] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    received: list[str | bytes] = field(default_factory=list)
    closed_with: list[int | None] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @property
    def target(self) -> DashboardTarget:
        return DashboardTarget(f"http://127.0.0.1:{self.port}/gateway/clusters/{NAME}", headers={"X-Wanted": "yes"}, secret=NAME)

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", f"/gateway/clusters/{NAME}/{{path:.*}}", self._answer)
        app.router.add_route("*", "/{path:.*}", self._outside)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self.release.set()
        await self._runner.cleanup()

    async def until_idle(self) -> None:
        """Wait until nothing is open."""
        async with asyncio.timeout(60):
            while +self.open:
                await asyncio.sleep(0.01)

    async def _outside(self, request: web.Request) -> web.StreamResponse:
        self.outside.append(request.raw_path)
        return web.Response(text="outside")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.requests[path] = request.headers
        self.queries[path] = request.query_string
        self.open[path] += 1
        try:
            if request.headers.get("Upgrade", "").lower() == "websocket" and not path.startswith("refuse"):
                return await self._socket(path, request)
            return await getattr(self, "_" + path.partition("/")[0].partition(".")[0], self._missing)(request)
        finally:
            self.open[path] -= 1

    # -- answers, by the first part of the path ------------------------------------------------------------------------

    async def _missing(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=404, text="nothing here")

    async def _status(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE, content_type="text/html", headers={"ETag": '"1"'})

    async def _info(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE, content_type="text/html")

    async def _style(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"css"':
            return web.Response(status=304, headers={"ETag": '"css"'})
        return web.Response(text="a {}", content_type="text/css", headers={"ETag": '"css"', "Cache-Control": "max-age=60"})

    async def _redirect(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=int(request.query.get("status", "302")), headers={"Location": request.query["to"]})

    async def _refuse(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=403, text=f"no {NAME}")

    async def _cookie(self, request: web.Request) -> web.StreamResponse:
        answer = web.Response(text="cookie", headers={"Refresh": "0; url=https://evil.example", "Access-Control-Allow-Origin": "*"})
        answer.set_cookie("username", "stolen", path="/")
        return answer

    async def _bad(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=502, text=f"{NAME} is gone", content_type="text/html")

    async def _hang(self, request: web.Request) -> web.StreamResponse:
        await self.release.wait()
        return web.Response(text="late")

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        return await self._stream(request, "application/octet-stream", None)

    async def _large(self, request: web.Request) -> web.StreamResponse:
        return await self._stream(request, "text/html", 6 * 2**20)

    async def _cut(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000000", "Content-Type": "text/css"})
        await answer.prepare(request)
        await answer.write(b"x" * 1000)
        assert request.transport is not None
        request.transport.abort()
        return answer

    async def _stream(self, request: web.Request, content_type: str, size: int | None) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": content_type})
        await answer.prepare(request)
        path, piece = request.match_info["path"], b"x" * 2**16
        while size is None or self.sent[path] < size:
            await answer.write(piece)
            self.sent[path] += len(piece)
        return answer

    # -- websockets ----------------------------------------------------------------------------------------------------

    async def _socket(self, path: str, request: web.Request) -> web.StreamResponse:
        if path.startswith("redirect"):
            return await self._redirect(request)
        socket = web.WebSocketResponse(protocols=["bokeh"], max_msg_size=0)
        await socket.prepare(request)
        if path.startswith("leave"):
            await socket.close(code=int(request.query["code"]))
        elif path.startswith("vanish"):
            assert request.transport is not None
            request.transport.abort()
        elif path.startswith("flood"):
            while not socket.closed:
                await socket.send_bytes(b"x" * 2**16)
                self.sent[path] += 2**16
        elif path.startswith("deaf"):
            await self.release.wait()
        else:
            async for message in socket:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    self.received.append(message.data)
                    await (socket.send_str if message.type is WSMsgType.TEXT else socket.send_bytes)(message.data)
        self.closed_with.append(socket.close_code)
        return socket


class BackendOf(FakeBackend):
    """A backend whose clusters all have this dashboard."""

    def __init__(self, dashboard: HostileDashboard) -> None:
        super().__init__(id="fake", label="Fake")
        self.hostile: HostileDashboard | None = dashboard

    async def dashboard(self, name: str) -> DashboardTarget | None:
        await self._enter("dashboard")
        return self.hostile.target if self.hostile else None

"""A real web server in front of a real gateway, which breaks in the ways that gateways and what stands before them break."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Literal

from aiohttp import ClientSession, web

Fault = Literal["none", "slow", "html", "garbage", "refusing", "failing"]

PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Your session has expired.</body></html>"


class FaultyGateway:
    """Hands requests on to the gateway at ``upstream``, unless it is told to fail. Runs in a thread of its own, on loopback and a free port.

    Attributes
    ----------
    fault
        What happens to requests from now on. A slow answer takes 30 seconds, or until :meth:`heal`.
    """

    def __init__(self, upstream: str) -> None:
        self.fault: Fault = "none"
        self.address = ""
        self._upstream = upstream
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), name="faulty gateway")

    def start(self) -> None:
        """Begin to serve, and return when ``address`` is known."""
        self._thread.start()
        assert self._started.wait(60), "The server in front of the gateway did not start."

    def heal(self) -> None:
        """Let everything through again, also what was held up."""
        self.fault = "none"
        self._loop.call_soon_threadsafe(self._healed.set)

    def close(self) -> None:
        """End."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        self._healed, self._ended = asyncio.Event(), asyncio.Event()
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        # Without the first, a request whose client is gone would be waited for.
        runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
        async with ClientSession() as self._session:
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
            self._started.set()
            await self._ended.wait()
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.fault == "slow":
            self._healed.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._healed.wait(), 30)
        if self.fault == "html":
            return web.Response(text=PAGE, content_type="text/html")
        if self.fault == "garbage":
            return web.Response(body=b'\x00\xff{"name": [[[', content_type="application/json")
        if self.fault == "refusing":
            return web.Response(status=401, headers={"WWW-Authenticate": "Basic"})
        if self.fault == "failing":
            return web.Response(status=500, text="Traceback (most recent call last): …")
        return await self._hand_on(request)

    async def _hand_on(self, request: web.Request) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length")}
        async with self._session.request(
            request.method, self._upstream + request.path_qs, headers=headers, data=await request.read(), allow_redirects=False
        ) as answer:
            passed = {name: value for name, value in answer.headers.items() if name.lower() in ("content-type", "www-authenticate")}
            return web.Response(status=answer.status, body=await answer.read(), headers=passed)

"""Connections to dashboards: bounded in time, never redirected, without cookies, and with errors that quote no URL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import aiohttp
import yarl

from ..backends.base import DashboardTarget
from ..errors import BackendFailed, BackendTimeout, ComputeError
from .sockets import KEEP_ALIVE, MESSAGE_LIMIT

CONNECT_TIMEOUT: Final = 10.0
"""Seconds."""

CLOSE_TIMEOUT: Final = 5.0
"""Seconds."""

MOST_PAGES: Final = 32
"""As many pages are fetched at a time; others wait."""


class Socket:
    """An open websocket to a dashboard."""

    def __init__(self, inner: aiohttp.ClientWebSocketResponse) -> None:
        self._inner = inner

    @property
    def protocol(self) -> str | None:
        """The subprotocol that the dashboard chose."""
        return self._inner.protocol

    @property
    def close_code(self) -> int | None:
        """Why it closed, once it has."""
        return self._inner.close_code

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        """Yield its messages until it closes."""
        async for message in self._inner:
            if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                yield message.data

    async def send(self, message: str | bytes) -> None:
        """Send a message, and return when there is room for the next. Where it has closed, only make sure of that."""
        try:
            if isinstance(message, str):
                await self._inner.send_str(message)
            else:
                await self._inner.send_bytes(message)
        except (ConnectionError, aiohttp.ClientError):
            await self.close(aiohttp.WSCloseCode.GOING_AWAY)

    async def close(self, code: int) -> None:
        """Close it, unless it is closed: politely, or without ado where the dashboard takes no notice."""
        with suppress(TimeoutError):
            # Without a limit on the whole, one that goes on sending would never be got rid of. aiohttp drops the connection when it is cancelled.
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self._inner.close(code=code)


class Upstream:
    """What all proxied requests share.

    Parameters
    ----------
    read_timeout
        Seconds that a dashboard may be silent in the middle of an answer.
    """

    def __init__(self, read_timeout: float = 60.0) -> None:
        self._read_timeout = read_timeout
        self._pages: aiohttp.ClientSession | None = None
        self._sockets: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """End all connections."""
        for session in (self._pages, self._sockets):
            if session is not None:
                await session.close()
        self._pages = self._sockets = None

    @asynccontextmanager
    async def page(self, method: str, url: str, target: DashboardTarget, headers: Mapping[str, str]) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send a request; the answer's body is still to be read, inside.

        Raises
        ------
        BackendFailed, BackendTimeout
            Also while the body is read.
        """
        if self._pages is None:
            self._pages = self._session(aiohttp.TCPConnector(limit=MOST_PAGES), sock_read=self._read_timeout)
        with translated():
            async with self._pages.request(
                method, yarl.URL(url, encoded=True), headers=headers, proxy=target.proxy, allow_redirects=False
            ) as response:
                yield response

    async def socket(self, url: str, target: DashboardTarget, headers: Mapping[str, str], protocols: Sequence[str]) -> Socket:
        """Open a websocket.

        Raises
        ------
        BackendFailed, BackendTimeout
        """
        if self._sockets is None:
            self._sockets = self._session(aiohttp.TCPConnector(limit=0))
        with translated():
            async with asyncio.timeout(CONNECT_TIMEOUT):
                inner = await self._sockets.ws_connect(
                    yarl.URL(url, encoded=True),
                    headers=headers,
                    protocols=protocols,
                    proxy=target.proxy,
                    heartbeat=KEEP_ALIVE,
                    max_msg_size=MESSAGE_LIMIT,
                )
        return Socket(inner)

    def _session(self, connector: aiohttp.TCPConnector, sock_read: float | None = None) -> aiohttp.ClientSession:
        # A websocket's handshake would be redirected: aiohttp has no setting against that.
        redirects = aiohttp.TraceConfig()
        redirects.on_request_redirect.append(_refuse_redirect)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=sock_read),
            trace_configs=[redirects],
        )


async def _refuse_redirect(session: aiohttp.ClientSession, context: Any, params: aiohttp.TraceRequestRedirectParams) -> None:
    params.response.close()
    raise BackendFailed("The cluster's dashboard redirects to another place, which is not followed.")


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the connection into errors of ours. Their texts hold URLs: nothing of them is passed on."""
    try:
        yield
    except ComputeError:
        raise
    except TimeoutError:
        raise BackendTimeout("The cluster's dashboard did not answer in time. The cluster may be busy; try again.") from None
    except aiohttp.WSServerHandshakeError as error:
        raise BackendFailed(f"The cluster's dashboard refused a live connection (HTTP status {error.status}).") from None
    except aiohttp.ClientConnectorError:
        raise BackendFailed("The cluster's dashboard can't be reached. The cluster may have ended, or its gateway may be down.") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise BackendFailed(f"The connection to the cluster's dashboard broke ({type(error).__name__}). Try again.") from None

"""One websocket of a dashboard, relayed message by message."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

if TYPE_CHECKING:
    from .upstream import Socket

KEEP_ALIVE: Final = 30.0
"""Seconds between pings, on both sides; who does not answer one is gone."""

MESSAGE_LIMIT: Final = 20 * 2**20
"""Bytes of one message: as Bokeh's own."""

GOING_AWAY: Final = 1001
FAILED: Final = 1011


async def to_browser(dashboard: Socket, browser: WebSocketHandler) -> None:
    """Relay until one of the two closes, no faster than the browser reads; then close the browser's side."""
    code = GOING_AWAY
    try:
        with suppress(WebSocketClosedError, StreamClosedError):
            async for message in dashboard:
                await browser.write_message(message, binary=isinstance(message, bytes))
            code = sendable(dashboard.close_code, otherwise=FAILED)
    finally:
        browser.close(code)


def sendable(code: int | None, *, otherwise: int) -> int:
    """A close code as it may be sent (RFC 6455, 7.4); some only tell of how a connection ended."""
    if code is not None and (code in {1000, 1001, 1002, 1003, *range(1007, 1012)} or 3000 <= code < 5000):
        return code
    return otherwise

"""One page, script or picture of a dashboard, relayed piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from ..errors import BackendFailed, ComputeError
from . import html
from .headers import OF_AN_UNCHANGED_BODY, request_headers, response_headers
from .place import Place, clean_query, normalise
from .root import Root

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from .upstream import Upstream

CHUNK: Final = 2**16
REDIRECTS: Final = {301: 302, 302: 302, 303: 303, 307: 307, 308: 307}
"""A redirect must not be remembered: it leads to a URL that ends."""
GATEWAY_ERRORS: Final = (502, 503, 504)


async def relay_page(handler: RequestHandler, upstream: Upstream, root: Root, place: Place, *, page: bool) -> None:
    """Fetch what a request asks for and write it as it comes; no faster than the browser takes it.

    Parameters
    ----------
    page
        Whether the browser wants to show it, and not to use it in a page.

    Raises
    ------
    ComputeError
        Only while nothing has been written; later, the connection to the browser breaks off.
    """
    path = normalise(place.rest)
    headers = request_headers(handler.request.headers, root.target.headers, page=page)
    url = root.url(path, clean_query(handler.request.query))
    method = handler.request.method or "GET"
    try:
        async with upstream.page(method, url, root.target, headers) as response:
            await _answer(handler, response, root, place, path)
    except ComputeError:
        if not handler._headers_written:
            raise
        # The browser must not take what it has for the whole.
        handler.detach().close()


async def _answer(handler: RequestHandler, response: ClientResponse, root: Root, place: Place, path: str) -> None:
    if response.status in REDIRECTS:
        location = place.to_root + root.follow(response.headers.get("Location", ""), path)
        handler.set_status(REDIRECTS[response.status])
        handler.set_header("Location", location)
        return
    if response.status in GATEWAY_ERRORS or response.status < 200:
        raise BackendFailed("The cluster's dashboard does not answer. The cluster may be starting or ending; try again.")
    handler.set_status(response.status)
    headers = response_headers(response.headers)
    to_adapt = html.is_html(headers.get("Content-Type", "")) and headers.get("Content-Encoding", "identity") == "identity"
    if to_adapt and handler.request.method != "HEAD":
        await _write_page(handler, response, headers, root, path)
    else:
        _set(handler, headers.items())
        await _stream(handler, response)


async def _write_page(handler: RequestHandler, response: ClientResponse, headers: dict[str, str], root: Root, path: str) -> None:
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > html.LIMIT:
            _set(handler, headers.items())
            await _write(handler, bytes(body))
            body.clear()
            await _stream(handler, response)
            return
    _set(handler, ((name, value) for name, value in headers.items() if name not in OF_AN_UNCHANGED_BODY))
    handler.write(html.adapt(bytes(body), path=path, root=root.path, url=root.url(""), secret=root.target.secret))


async def _stream(handler: RequestHandler, response: ClientResponse) -> None:
    async for chunk in response.content.iter_chunked(CHUNK):
        await _write(handler, chunk)


async def _write(handler: RequestHandler, chunk: bytes) -> None:
    handler.write(chunk)
    try:
        # Returns when the browser has taken it: so no more than a chunk is ever held here.
        await handler.flush()
    except StreamClosedError:
        raise BrowserGone from None


def _set(handler: RequestHandler, headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        handler.set_header(name, value)


class BrowserGone(ComputeError):
    """The browser has closed its connection."""

    def __init__(self) -> None:
        super().__init__("The browser has closed its connection.")

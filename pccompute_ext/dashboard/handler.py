"""The URL ``clusters/{id}/dashboard/…``: who may pass, and what is done for them."""

from __future__ import annotations

import asyncio
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

import msgspec
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import AuthenticatedHandler, JupyterHandler
from jupyter_server.utils import ensure_async
from tornado import web
from tornado.websocket import WebSocketHandler

from ..errors import ComputeError
from ..handlers.base import ComputeHandler, Services
from ..models import Error
from .headers import SANDBOX, request_headers
from .pages import BrowserGone, relay_page
from .place import clean_query, normalise, read_place
from .service import Dashboards
from .sockets import GOING_AWAY, KEEP_ALIVE, MESSAGE_LIMIT, sendable, to_browser

if TYPE_CHECKING:
    from .upstream import Socket

#: For the route; what is in the path is looked at in :mod:`.place`.
PATTERN: Final = r"/pccompute/clusters/[^/]+/dashboard(?:/.*)?"

EXPIRED: Final = "Jupyter does not know you, or this view of the dashboard has expired. Log in, and open the dashboard again."
FORBIDDEN: Final = "You are not allowed to look at clusters on this Jupyter server."
FOREIGN: Final = "A dashboard is not shown to other web pages."

PAGE: Final = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Dashboard</title><p style="font-family: sans-serif">{}</p></html>'


class DashboardHandler(ComputeHandler, WebSocketHandler):
    """``GET``, ``HEAD`` and websockets of a cluster's dashboard."""

    def initialize(self, services: Services, dashboards: Dashboards) -> None:  # type: ignore[override]
        """Take what the application hands over, and read the URL."""
        super().initialize(services)
        self.dashboards = dashboards
        self.place = read_place(self.request.path)
        self.ticket = None if self.place.ticket is None else dashboards.tickets.find(self.place.ticket, self.place.cluster_id)
        self._relaying: asyncio.Task[None] | None = None
        self._dashboard: Socket | None = None
        # What is logged of a request must not open the dashboard.
        for name in ("path", "uri"):
            setattr(self.request, name, re.sub(r"(/dashboard/~)[^/?]*", r"\1[secret]", getattr(self.request, name)))
        self.request.headers.pop("Referer", None)

    async def prepare(self) -> None:  # type: ignore[override]
        """Find out who asks. Who has a ticket need not be anybody that Jupyter knows."""
        await JupyterHandler.prepare(self)

    @allow_unauthenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Relay, after everything has been checked."""
        try:
            await self._admit()
            if self._is_socket:
                await self._serve_socket()
            else:
                await self._serve_page()
        except BrowserGone as gone:
            self.log.debug(gone.message)
        except ComputeError as error:
            self.refuse(error)

    @allow_unauthenticated
    async def head(self) -> None:
        """As ``GET``, without the body."""
        await self.get()

    # -- who may pass --------------------------------------------------------------------------------------------------

    async def _admit(self) -> None:
        user = self.current_user or (self.ticket and self.ticket.user)
        if not user:
            raise web.HTTPError(403, EXPIRED)
        # The authorizer and the log look there.
        self.current_user = user
        if not await ensure_async(self.authorizer.is_authorized(self, user, "read", self.auth_resource)):
            raise web.HTTPError(403, FORBIDDEN)
        if not self.check_origin():
            raise web.HTTPError(403, FOREIGN)

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Whether the page that asks may do so. A sandboxed one has the origin ``null``, like many others: its ticket proves that it is ours."""
        if self.ticket is not None and self.request.headers.get("Origin", "null") == "null":
            return True
        return bool(super().check_origin(origin_to_satisfy_tornado))

    @property
    def content_security_policy(self) -> str:
        """Jupyter's own, and a sandbox."""
        return f"{AuthenticatedHandler.content_security_policy.fget(self)}; {SANDBOX}"  # type: ignore[attr-defined]

    def set_default_headers(self) -> None:
        """Let no page hand on its URL, which holds the ticket."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")

    def finish(self, chunk: str | bytes | dict[str, Any] | None = None, **kwargs: Any) -> asyncio.Future[None]:
        """End the answer, of whatever type: a handler of Jupyter's API would call it JSON."""
        return web.RequestHandler.finish(self, chunk)

    # -- pages ---------------------------------------------------------------------------------------------------------

    async def _serve_page(self) -> None:
        root = await self.dashboards.root(self.place.cluster_id)
        path = normalise(self.place.rest)
        if self.ticket is None and self._shows_page and self.request.method == "GET":
            ticket = self.dashboards.tickets.issue(self.current_user, self.place.cluster_id)
            self._redirect(f"{self.place.to_dashboard}~{ticket}/{path}")
            return
        if not self.place.rest:
            self._redirect(self.place.to_root)
            return
        upstream = await self.dashboards.upstream()
        relay = relay_page(self, upstream, root, self.place, page=self._shows_page)
        self._relaying = self.dashboards.tasks.start(relay, "Relaying a page of a dashboard")
        await asyncio.wait({self._relaying})
        if self._relaying.cancelled():
            self.detach().close()
            return
        try:
            self._relaying.result()
        except ComputeError:
            self.dashboards.forget(self.place.cluster_id)
            raise

    def _redirect(self, relative: str) -> None:
        """Redirect by a relative URL: only the browser knows what is before the server's own paths."""
        query = clean_query(self.request.query)
        self.set_status(302)
        self.set_header("Location", f"{relative}?{query}" if query else relative)

    def compute_etag(self) -> str | None:
        """Leave it to the dashboard."""
        return None

    @property
    def _shows_page(self) -> bool:
        mode = self.request.headers.get("Sec-Fetch-Mode")
        return mode == "navigate" if mode else "text/html" in self.request.headers.get("Accept", "")

    def answer(self, status: int, model: msgspec.Struct | None) -> None:
        """Write an error as a sentence where a person sees it."""
        if not isinstance(model, Error) or not self._shows_page or self._is_socket:
            self.set_header("Content-Type", "application/json")
            super().answer(status, model)
            return
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(PAGE.format(escape(model.message)))

    # -- websockets ----------------------------------------------------------------------------------------------------

    async def _serve_socket(self) -> None:
        root = await self.dashboards.root(self.place.cluster_id)
        url = root.url(normalise(self.place.rest), clean_query(self.request.query), websocket=True)
        offered = [protocol.strip() for protocol in self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
        headers = request_headers({}, root.target.headers, page=False)
        with self.dashboards.one_more_socket(), self.dashboards.tickets.hold(self.ticket):
            upstream = await self.dashboards.upstream()
            # Before the handshake with the browser: so a refusal is an answer, and the subprotocol is the dashboard's choice.
            self._dashboard = await upstream.socket(url, root.target, headers, [*filter(None, offered)])
            try:
                # Returns when the browser's side has closed.
                await WebSocketHandler.get(self)
            finally:
                if self._relaying is not None:
                    self._relaying.cancel()
                await self._dashboard.close(sendable(self.close_code, otherwise=GOING_AWAY))

    def open(self, *args: Any, **kwargs: Any) -> None:
        """Begin to relay to the browser."""
        assert self._dashboard is not None
        self._relaying = self.dashboards.tasks.start(to_browser(self._dashboard, self), "Relaying a websocket of a dashboard")

    async def on_message(self, message: str | bytes) -> None:
        """Relay to the dashboard; tornado reads the next message when this returns."""
        assert self._dashboard is not None
        await self._dashboard.send(message)

    def on_close(self) -> None:
        """Stop, since the browser has gone; of a page's request too."""
        if self._relaying is not None:
            self._relaying.cancel()

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return self._dashboard.protocol if self._dashboard else None

    @property
    def ping_interval(self) -> float:
        """Seconds."""
        return KEEP_ALIVE

    @property
    def max_message_size(self) -> int:
        """Bytes."""
        return MESSAGE_LIMIT

    @property
    def _is_socket(self) -> bool:
        return self.request.headers.get("Upgrade", "").lower() == "websocket"

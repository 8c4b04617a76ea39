"""The HTTPS proxy: it lets nobody through to the real hosts, and answers in their place."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .web import Answer, Request

Site = Callable[[Request], Answer]


class Proxy(ThreadingHTTPServer):
    """Listens on loopback.

    Parameters
    ----------
    sites
        Who answers, by host.
    context
        With a certificate for all of them.
    """

    daemon_threads = True

    def __init__(self, sites: Mapping[str, Site], context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.sites = sites
        self.context = context
        self.strangers: list[str] = []
        self.open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def hang_up(self) -> None:
        """End all connections, those that only wait too."""
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: Any) -> None:
        """Clients are killed at any moment; whoever asked sees what is the matter."""


@contextmanager
def serving(proxy: Proxy) -> Iterator[Proxy]:
    """Run it."""
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.hang_up()
        proxy.server_close()


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave together.
    wbufsize = -1
    server: Proxy

    def log_message(self, *_: object, **__: object) -> None:
        """Say nothing."""


class _Tunnel(_Quiet):
    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        self.close_connection = True
        if host not in self.server.sites:
            self.server.strangers.append(host)
            self.send_error(403, "Nobody else can be reached through here")
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()
        with suppress(OSError), self.server.context.wrap_socket(self.connection, server_side=True) as secured:
            self.server.open.add(secured)
            try:
                _Inside(secured, self.client_address, self.server)
            finally:
                self.server.open.discard(secured)


class _Inside(_Quiet):
    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        host = (self.headers.get("Host") or "").partition(":")[0]
        request = Request(self.command, host, self.path, dict(self.headers.items()), self.rfile.read(length))
        site = self.server.sites.get(host)
        answer = Answer(421) if site is None else site(request)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.content is not None:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

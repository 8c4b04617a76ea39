"""A stand-in on loopback for the metadata service of a machine of Azure: it answers as that does, and notes what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INSTANCE = {"azEnvironment": "AzurePublicCloud", "location": "West Europe", "name": "vm-1", "subscriptionId": "8d10da13"}


class MetadataService(ThreadingHTTPServer):
    """Answers with ``status`` and ``body``, once ``answering`` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body = json.dumps(INSTANCE).encode()
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.answering = threading.Event()
        self.answering.set()

    @property
    def url(self) -> str:
        """What ``metadata_url`` is set to."""
        return f"http://127.0.0.1:{self.server_port}/metadata/instance/compute?api-version=2021-02-01"


class _Handler(BaseHTTPRequestHandler):
    server: MetadataService

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.answering.wait(60)
        # The real one refuses a request without the header, and one that came through a proxy.
        refused = self.headers.get("Metadata") != "true" or "X-Forwarded-For" in self.headers
        try:
            self.send_response(400 if refused else self.server.status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(self.server.body)))
            self.end_headers()
            self.wfile.write(self.server.body)
        except OSError:
            # Whoever asked did not wait.
            self.close_connection = True

    def log_message(self, *_: object, **__: object) -> None:
        """Say nothing."""


@contextmanager
def metadata_service() -> Iterator[MetadataService]:
    """Run one."""
    with MetadataService() as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.answering.set()
            service.shutdown()
            thread.join()

"""The managed identity of a compute instance of Azure Machine Learning: an endpoint of its own gives out the tokens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from .azure import Azure

_SECRET: Final = "secret-of-the-instance"
_IDENTITY: Final = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"


@contextmanager
def compute_instance(azure: Azure) -> Iterator[dict[str, str]]:
    """Yield the environment of processes on a compute instance, which has no other way to sign in."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            known = self.headers.get("secret") == _SECRET and asked.get("clientid") == [_IDENTITY]
            told = (
                {"access_token": azure.token(), "expires_on": str(int(time.time()) + 3600), "token_type": "Bearer"} if known else {"statusCode": 400}
            )
            body = json.dumps(told).encode()
            self.send_response(200 if known else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    secrets = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    environment = {name: value for name, value in azure.environment.items() if name not in secrets}
    try:
        yield {
            **environment,
            "MSI_ENDPOINT": f"http://127.0.0.1:{server.server_port}/",
            "MSI_SECRET": _SECRET,
            "DEFAULT_IDENTITY_CLIENT_ID": _IDENTITY,
        }
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

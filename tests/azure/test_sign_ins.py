"""The ways to sign in to Azure that can be stood in for on one machine: a managed identity, and ``az``."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pccompute_ext.backends.own_process import ask

from .stub.azure import Azure
from .test_answers import ANSWERS

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

TOKEN = "a-token-that-somebody-else-gave-out"

AZ = """#!{python}
import json, sys
assert sys.argv[1:3] == ["account", "get-access-token"], sys.argv
print(json.dumps({{"accessToken": "{token}", "expiresOn": "2099-01-01 00:00:00.000000", "expires_on": 4070908800, "tokenType": "Bearer"}}))
"""


@pytest.fixture(autouse=True)
def _no_sign_in(azure: Azure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    azure._sign_in._tokens.add(TOKEN)
    for name, value in azure.environment.items():
        if not name.startswith("AZURE_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path / "az"))


@contextmanager
def identity_endpoint() -> Iterator[str]:
    """What a machine of Azure gives to its processes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = {"access_token": TOKEN, "expires_on": str(int(time.time()) + 3600), "token_type": "Bearer", "resource": ""}
            self.send_response(200 if self.headers["X-IDENTITY-HEADER"] == "proof" else 401)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/msi/token"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_a_managed_identity(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    with identity_endpoint() as url:
        monkeypatch.setenv("IDENTITY_ENDPOINT", url)
        monkeypatch.setenv("IDENTITY_HEADER", "proof")
        account = await ask(None, ANSWERS, "account", {})
    assert account == {
        "signed_in": True,
        "method": "the managed identity of this machine",
        "text": "Signed in to Azure by the managed identity of this machine, in the subscription Research.",
    }


async def test_az(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "az"
    program.parent.mkdir()
    program.write_text(AZ.format(python=sys.executable, token=TOKEN))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent) + os.pathsep + os.environ["PATH"])
    account = await ask(None, ANSWERS, "account", {})
    assert (account["method"], account["text"]) == ("az login", "Signed in to Azure by az login, in the subscription Research.")
    # The only subscription that it sees is the one that is meant.
    assert (await ask(None, ANSWERS, "offers", {}))["values"]["resource_group"] == ["climate", "dask", "empty"]

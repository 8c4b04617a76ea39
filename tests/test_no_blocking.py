"""The server's event loop never waits for us: what takes long is done in threads, or asynchronously.

Python tells an audit hook of every import, sleep, name look-up and opening of a file. In a real server on a real gateway none of these may happen in
the thread of the event loop on our account.
"""

from __future__ import annotations

import pytest

from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import StartServer
from tests.server_process import wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

AUDIT = """
import contextlib, os, sys, threading, traceback

LOOP = threading.get_ident()
FOUND = os.path.abspath("blocking.log")
HEAVY = ("dask", "distributed", "dask_gateway", "dask_gateway_server", "aiohttp", "cryptography")
busy = False

def is_ours(frame):
    while frame is not None:
        if "/pccompute_ext/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False

def blocks(event, arguments):
    if event == "import":
        return arguments[0].partition(".")[0] in HEAVY
    if event == "open":
        return isinstance(arguments[0], str) and ("/data/pccompute/" in arguments[0] or "/runtime/pccompute/" in arguments[0])
    if event == "socket.getaddrinfo":
        # An address that is a number already is only parsed.
        return not str(arguments[0]).replace(".", "").isdigit()
    return event in ("time.sleep", "socket.gethostbyname", "os.system", "urllib.Request")

def audit(event, arguments):
    global busy
    if busy or threading.get_ident() != LOOP or not blocks(event, arguments) or not is_ours(sys._getframe(1)):
        return
    busy = True
    with open(FOUND, "a") as found:
        print(event, arguments[0], file=found)
        print(*("    " + line.strip() for line in traceback.format_stack()[:-1][-12:]), sep="\\n", file=found)
    busy = False

sys.addaudithook(audit)

# Proves that the hook sees what it should.
with contextlib.suppress(OSError):
    exec(compile("open('/data/pccompute/proof')", "/pccompute_ext/proof.py", "exec"), {})
"""


def test_nothing_blocks_the_event_loop(start_server: StartServer, gateway_user: GatewayUser) -> None:
    # By name, since only a name has to be looked up.
    named = {name: value.replace("127.0.0.1", "localhost") for name, value in gateway_user.environment.items()}
    server = start_server(named, script=AUDIT, local_gateway=True)
    assert server.request("GET", "backends").status == 200
    for backend in ("gateway", "local"):
        assert server.request("GET", f"backends/{backend}/options").status == 200
        cluster = server.create(backend=backend, scaling={"mode": "manual", "count": 1}, label="mine")
        path = f"clusters/{cluster['id']}"
        server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
        assert server.request("GET", f"{path}/snippets").status == 200
        assert server.request("POST", f"{path}/adapt", {"minimum": 0, "maximum": 1}).status == 202
        assert server.request("PATCH", path, {"label": "renamed"}).status == 200
        assert server.request("DELETE", path).status == 204
        wait_for(lambda gone=cluster["id"]: gone not in server.clusters(), "the end of the cluster")  # type: ignore[misc]
    server.stop()
    server.start()
    assert server.clusters() == {}
    text = (server.directory / "blocking.log").read_text()
    found = [line for line in text.splitlines() if not line.startswith(" ")]
    # One proof of each of the two servers, and nothing else.
    assert found == ["open /data/pccompute/proof"] * 2, text

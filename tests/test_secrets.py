"""TLS keys, credentials and full names of clusters never leave the server: not in an answer, an event, a log or a file that others may read."""

from __future__ import annotations

import contextlib
import json
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket

from pccompute_ext.testing.gateway_server import BROKEN_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_kernel import run_code
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE
from pccompute_ext.testing.hub_user import HubUser
from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

#: Of a hub; it lies in the environment of every server there.
HUB_CREDENTIAL = "canary-of-a-hub-6d1f"


class Listener:
    """Keeps every event of a server, as a browser would get it."""

    def __init__(self, server: ServerProcess) -> None:
        url = f"ws://127.0.0.1:{server.port}{server.base_url}api/events/subscribe"
        self.events: list[str] = []
        self._connection = websocket.create_connection(url, header={"Authorization": f"token {server.token}"}, timeout=None)
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        # Until the server stops.
        with contextlib.suppress(websocket.WebSocketConnectionClosedException, OSError):
            while message := self._connection.recv():
                self.events.append(str(message))

    def close(self) -> None:
        # Wakes the thread, which closing alone would not. The server may have closed the connection already.
        if self._connection.sock is not None:
            with contextlib.suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture
def server(start_server: StartServer, gateway_user: GatewayUser) -> ServerProcess:
    return start_server(gateway_user.environment | {"JUPYTERHUB_API_TOKEN": HUB_CREDENTIAL})


@pytest.fixture
def listener(server: ServerProcess) -> Iterator[Listener]:
    listener = Listener(server)
    yield listener
    listener.close()


def lines_of(pem: str) -> list[str]:
    """The lines of a PEM that are its own, as text in JSON or in a log would show them."""
    return [line for line in pem.splitlines() if line and not line.startswith("-----")]


def test_no_canary_leaves_the_server(server: ServerProcess, gateway_user: GatewayUser, listener: Listener) -> None:
    told: list[Any] = []

    def ask(method: str, path: str, body: object = None, *, expect: int) -> Any:
        answer = server.request(method, path, body)
        assert answer.status == expect, answer
        told.append([answer.body, dict(answer.headers)])
        return answer.body

    cluster = ask("POST", "clusters", {"backend": "gateway", "label": "mine", "scaling": {"mode": "manual", "count": 1}}, expect=202)
    path = f"clusters/{cluster['id']}"
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
    ((name, report),) = gateway_user.clusters().items()
    assert report["tls_key"], "The gateway's report holds the key, else this test would prove nothing."

    ask("GET", "", expect=200)
    ask("GET", "backends", expect=200)
    ask("GET", "backends/gateway/options", expect=200)
    ask("GET", "clusters", expect=200)
    ask("GET", path, expect=200)
    ask("PATCH", path, {"label": "renamed"}, expect=200)
    ask("POST", f"{path}/scale", {"count": 50}, expect=202)
    ask("POST", f"{path}/adapt", {"minimum": 1, "maximum": 2}, expect=202)
    ask("POST", f"{path}/scale", {"count": None}, expect=400)
    ask("POST", "clusters", {"backend": "gateway", "options": {"worker_cores": 99.0}}, expect=422)
    ask("GET", "clusters/0000000000000000", expect=404)
    failed = ask("POST", "clusters", {"backend": "gateway", "options": {"image": BROKEN_IMAGE}}, expect=202)
    server.wait_for_cluster(failed["id"], lambda seen: seen["state"] == "failed", "the failed cluster")
    ask("GET", "clusters", expect=200)
    snippets = server.request("GET", f"{path}/snippets").body
    ask("DELETE", path, expect=204)
    wait_for(lambda: not gateway_user.clusters(), "the end of the cluster")
    wait_for(lambda: any(json.loads(event).get("cluster", {}) for event in listener.events), "events")
    server.stop()
    listener.close()

    secrets = [gateway_user.gateway.password, HUB_CREDENTIAL, *lines_of(report["tls_key"]), *lines_of(report["tls_cert"])]
    places = {
        "answers": json.dumps(told),
        "events": "\n".join(listener.events),
        "log": server.log.read_text(),
        "snippets": json.dumps(snippets),
    }
    for place, text in places.items():
        assert [secret for secret in secrets if secret in text] == [], place
        # To connect by name is what a snippet is for; nothing else tells the name.
        assert (name in text) == (place == "snippets"), place

    for file in files_below(server.directory):
        content = file.read_text(errors="replace")
        assert [secret for secret in secrets if secret in content] == [], file
        if name in content:
            assert_private(file)


def test_no_credential_that_was_entered_leaves_the_server(start_server: StartServer, hub: HubProcess, alice: HubUser) -> None:
    """Every verb about gateways and credentials, failures included, with a token of a real hub; and the code that uses it in a kernel."""
    server = start_server({})
    listener = Listener(server)
    told: list[Any] = []

    def ask(method: str, path: str, body: object = None, *, expect: int = 200) -> Any:
        answer = server.request(method, path, body)
        assert answer.status == expect, answer
        told.append([answer.body, dict(answer.headers)])
        return answer.body

    token, replaced, lacking = alice.mint([GATEWAY_SCOPE]), alice.mint([GATEWAY_SCOPE]), alice.mint(["read:users!user"])
    unknown = "canary-of-a-token-52e7"
    gateway = {"label": "Hub", "address": hub.gateway_address, "proxy_address": hub.gateway.proxy_address}
    id = ask("POST", "backends", gateway, expect=201)["id"]
    path = f"backends/{id}/credential"
    ask("POST", "backends", gateway | {"address": hub.gateway_address.replace("//", f"//ann:{unknown}@")}, expect=422)
    ask("PUT", path, {"value": unknown}, expect=424)
    ask("PUT", path, {"value": lacking.value}, expect=424)
    ask("PUT", path, {"value": f"{unknown} with spaces"}, expect=422)
    ask("PUT", path, {"value": unknown, "store": "nowhere"}, expect=400)
    ask("PUT", path, {"valeu": unknown}, expect=400)
    ask("PUT", path, {"value": replaced.value, "store": "session"})
    ask("PUT", path, {"value": token.value, "store": "file"})
    ask("GET", path)
    ask("GET", "connect")
    ask("GET", "backends")
    cluster = ask("POST", "clusters", {"backend": id, "scaling": {"mode": "manual", "count": 1}}, expect=202)
    server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
    ask("POST", f"backends/{id}/check", {})
    ask("GET", f"clusters/{cluster['id']}/versions")
    code = ask("GET", f"clusters/{cluster['id']}/snippets")["snippets"][0]["code"]
    computed = run_code(server.url.removesuffix("/pccompute"), server.token, f"{code}\nprint(client.submit(sum, [40, 2]).result())\nclient.close()")
    assert computed.splitlines()[-1] == "42"
    commands = command_lines()
    ask("DELETE", f"clusters/{cluster['id']}", expect=204)
    wait_for(lambda: not server.clusters(), "the end of the cluster")
    (kept,) = [file for file in files_below(server.directory / "data") if token.value in file.read_text(errors="replace")]
    assert kept.parent.name == "credentials"
    assert_private(kept)
    ask("DELETE", path, expect=204)
    assert not kept.exists()
    ask("DELETE", f"backends/{id}", expect=204)
    server.stop()
    listener.close()

    secrets = [token.value, replaced.value, lacking.value, unknown]
    places = {"answers": json.dumps(told), "events": "\n".join(listener.events), "log": server.log.read_text(), "processes": commands}
    for file in files_below(server.directory):
        places[str(file)] = file.read_text(errors="replace")
    assert listener.events
    for place, text in places.items():
        assert [secret for secret in secrets if secret in text] == [], place


def command_lines() -> str:
    """What the list of processes shows of each."""
    shown = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            shown.append(file.read_bytes().decode(errors="replace"))
    return "\n".join(shown)


def test_what_is_kept_is_private(server: ServerProcess, gateway_user: GatewayUser) -> None:
    server.create(options={"image": "stuck"})
    kept = wait_for(lambda: list(files_below(server.directory / "data" / "pccompute")), "the record of the cluster")
    for file in kept:
        assert_private(file)


def files_below(directory: Path) -> Iterator[Path]:
    return (path for path in directory.rglob("*") if path.is_file())


def assert_private(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700, file.parent

"""The client of Dask Gateway's REST API against servers that do everything but answer well."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from dask_gateway import BasicAuth, KerberosAuth
from dask_gateway.auth import GatewayAuth

from pccompute_ext.backends import gateway_http
from pccompute_ext.backends.gateway_http import GatewayHTTP
from pccompute_ext.backends.gateway_reports import Listed, read_report, read_reports
from pccompute_ext.backends.gateway_settings import Endpoint
from pccompute_ext.backends.ports import free_port
from pccompute_ext.errors import BackendFailed, BackendTimeout, ComputeError, CredentialNeeded, NotFound, Refused, Unavailable, WrongState

NAME = "0123456789abcdef0123456789abcdef"
PASSWORD = "a-very-secret-password"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler, auth: GatewayAuth | None = None, timeout: float = 60.0) -> AsyncIterator[GatewayHTTP]:
    """A client of a server that answers everything with one handler."""
    async with served(handler) as server:
        client = GatewayHTTP(endpoint(str(server.make_url("/gateway")), auth), timeout)
        try:
            yield client
        finally:
            await client.close()


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(shutdown_timeout=0.1)
    try:
        yield server
    finally:
        await server.close()


def endpoint(address: str, auth: GatewayAuth | None = None) -> Endpoint:
    return Endpoint(address, "gateway://127.0.0.1:1", auth or BasicAuth("ann", PASSWORD), None)


def answering(status: int, body: str | bytes, **headers: str) -> Handler:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body if isinstance(body, bytes) else body.encode(), headers=headers)

    return handle


def saying(words: str) -> str:
    return json.dumps({"error": words})


async def error_of(handler: Handler, *, name: str | None = NAME, gives: Any = Any, **how: Any) -> ComputeError:
    async with serving(handler, **how) as client:
        with pytest.raises(ComputeError) as raised:
            await client.request("GET", f"/api/v1/clusters/{NAME}", name=name, gives=gives)
    for secret in (NAME, PASSWORD, "Basic "):
        assert secret not in f"{raised.value!r} {raised.value} {raised.value.detail}"
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, "", CredentialNeeded, "refused the credential"),
        (
            403,
            saying(f"User ann lacks permissions to view cluster {NAME}"),
            CredentialNeeded,
            "given: User ann lacks permissions to view this cluster",
        ),
        (404, saying(f"Cluster {NAME} not found"), NotFound, "does not know this cluster"),
        (409, saying(f"cluster {NAME} is not running"), WrongState, "can't do this now: this cluster is not running"),
        (422, saying("worker_cores must be <= 8.000000, got 99.0"), Refused, "worker_cores must be <= 8.000000, got 99.0"),
        (422, "<html>", Refused, "without saying why"),
        (422, saying("a\x00b\nc" + "x" * 5000), Refused, "a b c"),
        (500, saying("Permission failure verifying user's JupyterHub API token"), CredentialNeeded, "JupyterHub refused the token"),
        (500, saying(f"Failed with {NAME}"), BackendFailed, "error 500: Failed with …"),
        (500, f"<html>{NAME} traceback", BackendFailed, "error 500."),
        (502, saying("Upstream failure verifying user's JupyterHub API token"), BackendFailed, "error 502: Upstream failure"),
        (503, b"\xff\xfe", BackendFailed, "error 503."),
        (504, "<html>", BackendTimeout, "no answer"),
        (418, '{"error": {"a": 1}}', BackendFailed, "error 418."),
        (200, "<!doctype html><title>Sign in</title>", BackendFailed, "a web page"),
        (200, "\x80garbage{", BackendFailed, "not JSON"),
        (200, b'{"a": NaN', BackendFailed, "not JSON"),
    ],
)
async def test_every_answer_that_is_no_success_is_told_in_plain_words(
    jp_asyncio_loop: object, status: int, body: str | bytes, kind: type[ComputeError], words: str
) -> None:
    error = await error_of(answering(status, body))
    assert isinstance(error, kind)
    assert words in error.message
    assert len(error.message) < 1000


async def test_not_found_at_all_means_that_no_gateway_is_there(jp_asyncio_loop: object) -> None:
    error = await error_of(answering(404, "<html>"), name=None)
    assert isinstance(error, BackendFailed)
    assert "no Dask Gateway" in error.message


async def test_the_credential_is_shown_only_when_it_is_asked_for(jp_asyncio_loop: object) -> None:
    shown = []

    async def handle(request: web.Request) -> web.Response:
        shown.append(request.headers.get("Authorization"))
        if shown[-1] is None and "session" not in request.cookies:
            return web.Response(status=401)
        response = web.json_response({"path": request.path, "sent": await request.json()})
        response.set_cookie("session", "1")
        return response

    async with serving(handle) as client:
        for _ in range(2):
            assert await client.request("POST", "/api/x", json={"a": 1}) == {"path": "/gateway/api/x", "sent": {"a": 1}}
    # Refused, then with the credential, then by the cookie.
    assert shown[0] is None
    assert str(shown[1]).startswith("Basic ")
    assert shown[2:] == [None]


async def test_no_credential_for_what_wants_none(jp_asyncio_loop: object) -> None:
    async with serving(answering(401, "")) as client:
        with pytest.raises(CredentialNeeded):
            await client.anonymous("/clusters/x/json/identity.json")


async def test_a_redirect_to_another_origin_is_not_followed(jp_asyncio_loop: object) -> None:
    seen = []

    async def thief(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return web.Response(status=401)

    async with served(thief) as elsewhere:
        location = str(elsewhere.make_url(f"/steal/{NAME}"))
        for status in (301, 302, 303, 307, 308):
            error = await error_of(answering(status, "", Location=location))
            assert isinstance(error, BackendFailed)
            assert "redirects to another address" in error.message
            assert f"http://127.0.0.1:{elsewhere.port}" in error.message
        for location in ("", "https:///x", "//evil.example/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/"):
            assert isinstance(await error_of(answering(302, "", Location=location)), BackendFailed)
    assert seen == []


async def test_a_redirect_within_the_origin_is_followed_with_the_credential(jp_asyncio_loop: object) -> None:
    async def handle(request: web.Request) -> web.Response:
        if not request.path.endswith("/"):
            return web.Response(status=307, headers={"Location": request.path + "/"})
        if "Authorization" not in request.headers:
            return web.Response(status=401)
        return web.json_response({"method": request.method, "sent": await request.json()})

    async with serving(handle) as client:
        assert await client.request("POST", "/api/x", json=[1]) == {"method": "POST", "sent": [1]}


async def test_a_change_is_not_repeated_at_another_path(jp_asyncio_loop: object) -> None:
    async with serving(answering(302, "", Location="/elsewhere")) as client:
        with pytest.raises(BackendFailed, match="redirects a change"):
            await client.request("POST", "/api/x", json={})


async def test_a_circle_of_redirects_ends(jp_asyncio_loop: object) -> None:
    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.path})

    assert "in a circle" in (await error_of(handle)).message


async def test_an_answer_that_is_too_long_is_not_read_to_its_end(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_http, "ANSWER_LIMIT", 2**20)

    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.enable_compression()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await response.write(b" " * 2**16)
        return response

    assert "longer than" in (await error_of(handle)).message


async def test_no_answer_in_time(jp_asyncio_loop: object) -> None:
    answered = asyncio.Event()

    async def handle(_: web.Request) -> web.Response:
        await answered.wait()
        return web.Response()

    error = await error_of(handle, timeout=0.2)
    answered.set()
    assert isinstance(error, BackendTimeout)


async def test_an_answer_that_never_ends(jp_asyncio_loop: object) -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await asyncio.sleep(60)
        return response

    assert isinstance(await error_of(handle, timeout=0.2), BackendTimeout)


async def test_a_connection_that_breaks(jp_asyncio_loop: object) -> None:
    async def handle(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    error = await error_of(handle)
    assert isinstance(error, BackendFailed)
    assert "broke" in error.message


async def test_a_list_is_read_without_its_keys(jp_asyncio_loop: object) -> None:
    report = {"name": NAME, "status": "RUNNING", "start_time": 1000, "options": None, "dashboard_route": "/clusters/x/status", "tls_key": PASSWORD}
    async with serving(answering(200, json.dumps({NAME: report}))) as client:
        listed = await client.request("GET", "/api/v1/clusters/", gives=dict[str, Listed])
    assert PASSWORD not in repr(listed)
    (read,) = read_reports(listed)
    assert (read.name, read.state, read.options, read.dashboard) == (NAME, "running", {}, True)
    assert read.created == datetime.fromtimestamp(1, UTC)


@pytest.mark.parametrize(
    "answer",
    [[], {NAME: 1}, {NAME: {}}, {NAME: {"name": NAME, "status": 1, "start_time": None, "options": {}}}],
    ids=["list", "number", "empty", "status"],
)
async def test_a_list_that_is_none(jp_asyncio_loop: object, answer: object) -> None:
    error = await error_of(answering(200, json.dumps(answer)), gives=dict[str, Listed])
    assert isinstance(error, BackendFailed)
    assert "version that is not supported" in error.message


@pytest.mark.parametrize("changes", [{"status": "DANCING"}, {"start_time": 1e30}], ids=["state", "time"])
def test_a_report_that_makes_no_sense(changes: dict[str, Any]) -> None:
    report = {"name": NAME, "status": "RUNNING", "start_time": None, "options": {}} | changes
    with pytest.raises(BackendFailed, match="can't be read"):
        read_report(report)


async def error_without_a_server(address: str) -> ComputeError:
    client = GatewayHTTP(endpoint(address))
    try:
        with pytest.raises(ComputeError) as raised:
            await client.request("GET", f"/api/v1/clusters/{NAME}", name=NAME)
    finally:
        await client.close()
    assert NAME not in raised.value.message
    return raised.value


async def test_nobody_listens(jp_asyncio_loop: object) -> None:
    error = await error_without_a_server(f"http://127.0.0.1:{free_port()}")
    assert isinstance(error, BackendFailed)
    assert "can't be reached" in error.message


async def test_no_such_host(jp_asyncio_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(jp_asyncio_loop, "getaddrinfo", unknown)
    error = await error_without_a_server("http://nowhere.invalid")
    assert isinstance(error, BackendFailed)
    assert "host of the gateway was not found" in error.message


class BrokenAuth(GatewayAuth):  # type: ignore[misc]
    """Fails before or after the request."""

    def __init__(self, before: Exception | None = None) -> None:
        self._before = before

    def pre_request(self, resp: aiohttp.ClientResponse) -> tuple[dict[str, str], None]:
        if self._before:
            raise self._before
        return {"Authorization": "Negotiate x"}, None

    def post_response(self, resp: aiohttp.ClientResponse, context: None) -> None:
        raise RuntimeError(PASSWORD)


async def negotiate(request: web.Request) -> web.Response:
    return web.json_response({}) if "Authorization" in request.headers else web.Response(status=401)


async def test_authentication_that_fails_here(jp_asyncio_loop: object) -> None:
    error = await error_of(negotiate, auth=BrokenAuth(RuntimeError(PASSWORD)))
    assert isinstance(error, CredentialNeeded)
    assert "RuntimeError" in error.message


async def test_a_gateway_that_does_not_prove_its_identity(jp_asyncio_loop: object) -> None:
    error = await error_of(negotiate, auth=BrokenAuth())
    assert isinstance(error, BackendFailed)
    assert "own identity" in error.message


async def test_kerberos_without_its_package(jp_asyncio_loop: object) -> None:
    error = await error_of(negotiate, auth=KerberosAuth())
    assert isinstance(error, Unavailable)
    assert "kerberos" in error.message


async def test_authentication_does_not_block_the_event_loop(jp_asyncio_loop: asyncio.AbstractEventLoop) -> None:
    turned = asyncio.Event()

    class Slow(BasicAuth):  # type: ignore[misc]
        def pre_request(self, resp: aiohttp.ClientResponse) -> Any:
            # Returns only when the event loop has done something meanwhile.
            asyncio.run_coroutine_threadsafe(self.turn(), jp_asyncio_loop).result(60)
            return super().pre_request(resp)

        async def turn(self) -> None:
            turned.set()

    async with serving(negotiate, Slow("ann", PASSWORD)) as client:
        assert await client.request("GET", "/x") == {}
    assert turned.is_set()


async def test_neither_log_nor_repr_shows_a_secret(jp_asyncio_loop: object, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(negotiate) as client:
        assert await client.request("GET", f"/api/v1/clusters/{NAME}", name=NAME) == {}
        told = f"{client!r} {endpoint('http://ann:hunter2@host/')!r} "
    # The test's own server logs what it is asked; only what the client says counts.
    told += " ".join(record.getMessage() for record in caplog.records if record.name != "aiohttp.access")
    for secret in (NAME, PASSWORD, "hunter2"):
        assert secret not in told

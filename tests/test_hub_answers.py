"""What a hub, or what stands in its place, can answer, and that a token goes nowhere else whatever it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from pccompute_ext.credentials import Secret
from pccompute_ext.errors import BackendFailed, BackendTimeout, BadRequest
from pccompute_ext.hub import HubAddress, HubClient, TokenIdentity

TOKEN = Secret("canary-4f1c9a")

pytestmark = pytest.mark.usefixtures("jp_asyncio_loop")


@asynccontextmanager
async def server(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[HubClient]:
    """A client of a server on loopback that gives one answer to all requests."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(application) as started:
        yield HubClient(HubAddress.parse(str(started.make_url("/"))))


def is_version(request: web.Request) -> bool:
    return request.path == "/hub/api/"


async def test_a_redirect_to_another_origin_is_not_followed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    heard: list[web.Request] = []

    async def other(request: web.Request) -> web.Response:
        heard.append(request)
        return web.json_response({"name": "mallory"})

    async with server(other) as elsewhere:

        async def redirect(request: web.Request) -> web.Response:
            raise web.HTTPFound(f"{elsewhere.address.api}/user")

        async with server(redirect) as client:
            with pytest.raises(BackendFailed, match="redirects to another address") as caught:
                await client.verify(TOKEN)
    assert str(elsewhere.address.origin) in caught.value.message
    assert not heard
    assert TOKEN.reveal() not in caught.value.message + repr(caught.value.detail) + caplog.text


async def test_a_redirect_within_the_origin_is_followed() -> None:
    async def answer(request: web.Request) -> web.Response:
        if not request.path.endswith("/"):
            raise web.HTTPMovedPermanently(f"{request.path}/")
        assert request.headers["Authorization"] == f"token {TOKEN.reveal()}"
        return web.json_response({"name": "alice", "kind": "user"})

    async with server(answer) as client:
        # Hubs older than JupyterHub 2 tell no scopes: nothing is known to be missing.
        assert await client.verify(TOKEN, ["access:services"]) == TokenIdentity("alice", None)


async def test_a_circle_of_redirects_ends() -> None:
    async def answer(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.path)

    async with server(answer) as client:
        with pytest.raises(BackendFailed, match="in a circle"):
            await client.verify(TOKEN)


async def test_a_redirect_to_nowhere() -> None:
    async def answer(request: web.Request) -> web.Response:
        raise web.HTTPFound("mailto:somebody@example.com")

    async with server(answer) as client:
        with pytest.raises(BackendFailed, match="not a valid one"):
            await client.verify(TOKEN)


async def test_a_refusal_by_what_is_no_hub_says_nothing_of_the_token() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=403, text="<html>Blocked</html>", content_type="text/html")

    async with server(answer) as client:
        with pytest.raises(BackendFailed, match="There is no JupyterHub"):
            await client.verify(TOKEN)


@pytest.mark.parametrize("body", ["<html>Log in</html>", "[]", "{}", '{"name": 1}', "\xff"])
async def test_an_answer_that_makes_no_sense(body: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body.encode("latin-1"))

    async with server(answer) as client:
        with pytest.raises(BackendFailed, match="did not say whose the token is"):
            await client.verify(TOKEN)


async def test_an_end_that_is_no_time_is_not_known() -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/user"):
            return web.json_response({"name": "alice", "kind": "user", "token_id": "a1", "scopes": []})
        return web.json_response({"expires_at": "soon"})

    async with server(answer) as client:
        assert await client.verify(TOKEN) == TokenIdentity("alice", frozenset())


async def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" " * 2**16)

    async with server(answer) as client:
        with pytest.raises(BackendFailed, match="longer than makes sense"):
            await client.verify(TOKEN)


async def test_a_hub_that_does_not_answer() -> None:
    released = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await released.wait()
        return web.Response()

    async with server(answer) as client:
        try:
            with pytest.raises(BackendTimeout):
                await HubClient(client.address, timeout=0.2).verify(TOKEN)
        finally:
            released.set()


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("hub.example.com", "https://hub.example.com/"),
        ("https://Hub.Example.com:443", "https://hub.example.com/"),
        ("https://hub.example.com/jupyter/hub/token", "https://hub.example.com/jupyter/"),
        ("https://hub.example.com/jupyter/user/a@b.org/lab?token=s3cret#x", "https://hub.example.com/jupyter/"),
        ("https://me:s3cret@hub.example.com/services/dask-gateway/", "https://hub.example.com/"),
        (" http://127.0.0.1:8000/hub/api ", "http://127.0.0.1:8000/"),
    ],
)
def test_the_base_of_a_hub_from_any_of_its_addresses(text: str, base: str) -> None:
    address = HubAddress.parse(text)
    assert str(address) == base
    assert address.api == f"{base}hub/api"
    assert address.token_page == f"{base}hub/token"
    assert address.service("dask-gateway") == f"{base}services/dask-gateway/"


@pytest.mark.parametrize("text", ["", "ftp://hub.example.com", "https://", "https://hub.example.com:port/", "gateway://hub.example.com"])
def test_what_is_no_address_of_a_hub(text: str) -> None:
    with pytest.raises(BadRequest):
        HubAddress.parse(text)


def test_which_scopes_are_lacking() -> None:
    needed = ["access:services!service=dask-gateway"]
    assert TokenIdentity("a", frozenset({"access:services"})).lacks(needed) == set()
    assert TokenIdentity("a", frozenset(needed)).lacks(needed) == set()
    assert TokenIdentity("a", frozenset({"access:services!service=other"})).lacks(needed) == set(needed)
    assert TokenIdentity("a", None).lacks(needed) == set()

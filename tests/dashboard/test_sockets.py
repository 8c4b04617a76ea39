"""Websockets through the proxy."""

from __future__ import annotations

import asyncio
import gc

import aiohttp
import pytest

from pccompute_ext.dashboard import service
from pccompute_ext.dashboard.handler import DashboardHandler
from pccompute_ext.dashboard.upstream import Socket
from tests.dashboard.conftest import Visitor
from tests.dashboard.hostile import HostileDashboard

SANDBOXED = {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "websocket"}
"""What a browser says for a page that has an origin of its own."""


async def test_messages_pass_both_ways_as_they_are(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open(f"{await visitor.ticket()}/echo/ws?a=b", SANDBOXED, known=False, protocols=("bokeh", "session-token"))
    assert socket.protocol == "bokeh"
    for message in ("text", "é" * 1000, "x" * 15 * 2**20):
        await socket.send_str(message)
        assert await socket.receive_str(timeout=60) == message
    await socket.send_bytes(b"\x00\xff")
    assert await socket.receive_bytes(timeout=60) == b"\x00\xff"
    await socket.close()
    await hostile.until_idle()
    seen = hostile.requests["echo/ws"]
    assert seen["Sec-WebSocket-Protocol"] == "bokeh,session-token"
    assert not {"Origin", "Cookie", "Authorization"} & set(seen)
    assert hostile.queries["echo/ws"] == "a=b"


async def test_a_client_with_a_credential_needs_no_ticket(visitor: Visitor) -> None:
    socket = await visitor.open("/echo/ws")
    await socket.send_str("hello")
    assert await socket.receive_str(timeout=60) == "hello"
    await socket.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_no_other_web_page_can_open_it_even_with_a_ticket(visitor: Visitor, hostile: HostileDashboard, headers: dict[str, str]) -> None:
    ticket = await visitor.ticket()
    await refused(visitor, f"{ticket}/echo/ws", headers, known=False)
    assert hostile.requests == {}


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
async def test_a_stranger_opens_nothing(visitor: Visitor, hostile: HostileDashboard, headers: dict[str, str]) -> None:
    for path in ("/echo/ws", "/~/echo/ws", f"/~{'x' * 43}/echo/ws"):
        await refused(visitor, path, headers, known=False)
    assert hostile.requests == {}


async def test_an_origin_of_ones_own_without_a_ticket_is_a_foreign_one(visitor: Visitor, hostile: HostileDashboard) -> None:
    cookie = await cookie_of(visitor)
    await refused(visitor, "/echo/ws", {"Cookie": cookie, **SANDBOXED}, known=False)
    await refused(visitor, "/echo/ws", {"Cookie": cookie, "Origin": "https://evil.example"}, known=False)
    assert "echo/ws" not in hostile.requests
    socket = await visitor.open("/echo/ws", {"Cookie": cookie, "Origin": visitor.origin}, known=False)
    await socket.close()


@pytest.mark.parametrize("path", ["/../echo/ws", "/%2e%2e%2fecho/ws"])
async def test_no_path_leads_out(visitor: Visitor, hostile: HostileDashboard, path: str) -> None:
    await refused(visitor, path, {}, status=400)
    assert (hostile.requests, hostile.outside) == ({}, [])


@pytest.mark.parametrize("to", ["http://127.0.0.1:PORT/outside", "https://evil.example/", "/status"])
async def test_a_redirect_is_not_followed(visitor: Visitor, hostile: HostileDashboard, to: str) -> None:
    await refused(visitor, f"/redirect/ws?to={to.replace('PORT', str(hostile.port))}", {}, status=502)
    assert hostile.outside == []


@pytest.mark.parametrize("path", ["/refuse/ws", "/missing/../ws", "/vanish"])
async def test_a_refusal_is_an_answer(visitor: Visitor, path: str) -> None:
    if path == "/vanish":
        socket = await visitor.open(path)
        assert (await socket.receive(timeout=60)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert socket.close_code == 1011
    else:
        await refused(visitor, path, {}, status=400 if ".." in path else 502)


async def test_a_dashboard_that_is_gone(visitor: Visitor, hostile: HostileDashboard) -> None:
    await hostile.stop()
    await refused(visitor, "/echo/ws", {}, status=502)
    await hostile.start()


@pytest.mark.parametrize(("code", "seen"), [(1000, 1000), (1001, 1001), (4321, 4321)])
async def test_when_the_dashboard_closes_the_browsers_side_closes_alike(visitor: Visitor, code: int, seen: int) -> None:
    socket = await visitor.open(f"/leave/ws?code={code}")
    message = await socket.receive(timeout=60)
    assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, seen)


async def test_when_the_browser_closes_the_dashboards_side_closes_alike(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open("/echo/ws")
    await socket.close(code=4321)
    await hostile.until_idle()
    assert hostile.closed_with == [4321]


async def test_when_the_browser_vanishes_the_dashboards_side_closes(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open("/echo/ws")
    assert socket._response.connection is not None
    assert socket._response.connection.transport is not None
    socket._response.connection.transport.abort()
    await hostile.until_idle()
    await visitor.until_nothing_is_open()


async def test_a_flood_is_taken_no_faster_than_it_is_read(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open("/flood/ws")
    await socket.receive_bytes(timeout=60)
    await until_still(lambda: hostile.sent["flood/ws"])
    assert hostile.sent["flood/ws"] < 64 * 2**20
    # Nothing got stuck: what is read, comes.
    for _ in range(200):
        assert len(await socket.receive_bytes(timeout=60)) == 2**16
    await socket.close()
    await hostile.until_idle()


async def test_a_dashboard_that_does_not_read_slows_the_browser_down(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open("/deaf/ws")
    sent = 0

    async def flood() -> None:
        nonlocal sent
        while True:
            await socket.send_bytes(b"x" * 2**16)
            sent += 2**16

    flooding = asyncio.create_task(flood())
    await until_still(lambda: sent)
    assert 0 < sent < 64 * 2**20
    flooding.cancel()
    await asyncio.wait({flooding})
    hostile.release.set()
    await socket.close()
    await hostile.until_idle()


async def test_there_are_not_more_and_more(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_SOCKETS", 2)
    sockets = [await visitor.open("/echo/ws") for _ in range(2)]
    await refused(visitor, "/echo/ws", {}, status=409)
    for socket in sockets:
        await socket.close()
    await visitor.until_nothing_is_open()
    await (await visitor.open("/echo/ws")).close()


async def test_nothing_is_left_of_many(visitor: Visitor, hostile: HostileDashboard) -> None:
    ticket = await visitor.ticket()

    async def use() -> None:
        socket = await visitor.open(f"{ticket}/echo/ws", SANDBOXED, known=False)
        await socket.send_str("hello")
        await socket.receive_str(timeout=60)
        await socket.close()
        await visitor.get(f"{ticket}/style.css", known=False)

    for _ in range(20):
        await asyncio.gather(*(use() for _ in range(10)))
    await hostile.until_idle()
    await visitor.until_nothing_is_open()
    gc.collect()
    assert alive(Socket) == 0
    # A connection that is kept for the next request may hold its last handler; there were ten at a time, and 400 requests.
    assert alive(DashboardHandler) <= 30
    assert len(asyncio.all_tasks()) <= 60
    assert len(visitor.app.dashboards.tickets) == 1


async def test_the_servers_stop_ends_what_is_open(visitor: Visitor, hostile: HostileDashboard) -> None:
    socket = await visitor.open("/echo/ws")
    asking = asyncio.create_task(visitor.get("/hang"))
    while not hostile.open["hang"]:
        await asyncio.sleep(0.01)
    await visitor.app.dashboards.close()
    assert (await socket.receive(timeout=60)).type is aiohttp.WSMsgType.CLOSE
    await asyncio.wait({asking})
    await hostile.until_idle()


def alive(cls: type) -> int:
    """How many instances there are."""
    return sum(isinstance(thing, cls) for thing in gc.get_objects())


async def refused(visitor: Visitor, path: str, headers: dict[str, str], *, known: bool = True, status: int = 403) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await visitor.open(path, headers, known=known)
    assert error.value.status == status


async def cookie_of(visitor: Visitor) -> str:
    """The cookie that a browser has after the login."""
    reply = await visitor.get("/style.css")
    return str(reply.headers["Set-Cookie"].partition(";")[0])


async def until_still(measure: object) -> None:
    """Wait until a number has stopped to grow: everything on the way is full."""
    assert callable(measure)
    before = -1
    while before != (before := measure()):
        await asyncio.sleep(0.5)

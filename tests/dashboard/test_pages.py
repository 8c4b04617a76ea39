"""Pages through the proxy, from a server that does what no dashboard should."""

from __future__ import annotations

import asyncio
import json
import logging
import re

import aiohttp
import pytest

from pccompute_ext.errors import BackendTimeout
from pccompute_ext.roster import found_id
from tests.dashboard.conftest import BROWSES, Visitor
from tests.dashboard.hostile import NAME, PENDING, BackendOf, HostileDashboard


async def test_a_page_is_opened_below_a_ticket_and_needs_nothing_else_from_there(visitor: Visitor, hostile: HostileDashboard) -> None:
    ticket = await visitor.ticket()
    assert hostile.requests == {}
    page = await visitor.get(f"{ticket}/status", BROWSES, known=False)
    assert page.status == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.body.decode() == '<html><a href="./workers">workers</a><script src="statics/x.js"></script><p>89abcdef</p></html>'
    style = await visitor.get(f"{ticket}/style.css", {"Sec-Fetch-Mode": "no-cors"}, known=False)
    assert (style.status, style.body, style.headers["Content-Type"]) == (200, b"a {}", "text/css; charset=utf-8")
    again = await visitor.get(f"{ticket}/style.css", {"If-None-Match": style.headers["ETag"]}, known=False)
    assert (again.status, again.body) == (304, b"")
    assert style.headers["Cache-Control"] == "max-age=60"
    assert page.headers["Cache-Control"] == "no-store"


async def test_every_answer_is_sandboxed(visitor: Visitor) -> None:
    ticket = await visitor.ticket()
    for path in ("/status", f"{ticket}/status", f"{ticket}/style.css", f"{ticket}/nothing", f"{ticket}/redirect?to=/status", "/bad", "/a/../b"):
        reply = await visitor.get(path, BROWSES)
        (policy,) = reply.headers.getall("Content-Security-Policy")  # type: ignore[attr-defined]
        sandbox = next(part.split() for part in policy.split("; ") if part.startswith("sandbox "))
        assert "allow-scripts" in sandbox
        assert "allow-same-origin" not in sandbox
        assert "allow-top-navigation" not in sandbox
        assert "frame-ancestors 'self'" in policy
        assert reply.headers["Referrer-Policy"] == "no-referrer"


async def test_what_is_no_page_is_answered_at_once(visitor: Visitor) -> None:
    reply = await visitor.get("/style.css", {"Accept": "*/*"})
    assert (reply.status, reply.body) == (200, b"a {}")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("", "dashboard/~TICKET/"),
        ("/", "./~TICKET/"),
        ("/info/main/logs.html", "../../~TICKET/info/main/logs.html"),
        ("//status", "../~TICKET/status"),
        ("/status?_xsrf=x&a=b", "./~TICKET/status?a=b"),
    ],
)
async def test_the_way_to_a_page_is_relative(visitor: Visitor, path: str, location: str) -> None:
    reply = await visitor.get(path, BROWSES)
    assert (reply.status, re.sub(r"~[\w-]{43}", "~TICKET", reply.headers["Location"])) == (302, location)


async def test_a_ticket_without_a_slash_is_helped(visitor: Visitor) -> None:
    ticket = await visitor.ticket()
    reply = await visitor.get(ticket, BROWSES, known=False)
    assert (reply.status, reply.headers["Location"]) == (302, ticket.removeprefix("/") + "/")


async def test_nothing_of_the_request_but_its_path_reaches_the_dashboard(visitor: Visitor, hostile: HostileDashboard) -> None:
    secret = {
        "Cookie": "username=secret; _xsrf=secret",
        "Referer": "http://x/?token=secret",
        "X-XSRFToken": "secret",
        "X-Forwarded-User": "secret",
        "Origin": visitor.origin,
    }
    token = visitor.credential["Authorization"].split()[1]
    reply = await visitor.get(f"/style.css?token={token}&a=b", secret)
    assert reply.status == 200
    seen = hostile.requests["style.css"]
    assert hostile.queries["style.css"] == "a=b"
    assert "secret" not in str(seen.items())
    assert token not in str(seen.items())
    assert seen["X-Wanted"] == "yes"
    assert set(seen) == {"Host", "Accept", "Accept-Encoding", "User-Agent", "X-Wanted"}


async def test_nothing_of_the_answer_acts_on_jupyters_origin(visitor: Visitor) -> None:
    reply = await visitor.get(f"{await visitor.ticket()}/cookie", known=False)
    assert (reply.status, reply.body) == (200, b"cookie")
    assert not {"Set-Cookie", "Refresh", "Access-Control-Allow-Origin"} & set(reply.headers)


@pytest.mark.parametrize(
    ("to", "status", "expected"),
    [
        ("/status", 301, (302, "./status")),
        ("info/main/workers.html", 302, (302, "./info/main/workers.html")),
        (f"/gateway/clusters/{NAME}/status?a=b", 303, (303, "./status?a=b")),
        ("http://127.0.0.1:PORT/gateway/clusters/" + NAME + "/status", 308, (307, "./status")),
    ],
)
async def test_a_redirect_within_the_dashboard_stays_below_our_path(
    visitor: Visitor, hostile: HostileDashboard, to: str, status: int, expected: tuple[int, str]
) -> None:
    to = to.replace("PORT", str(hostile.port))
    reply = await visitor.get(f"{await visitor.ticket()}/redirect?status={status}&to={to.replace('?', '%3F').replace('&', '%26')}", known=False)
    assert (reply.status, reply.headers["Location"]) == expected


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "http://127.0.0.1:PORT/api/v1/clusters/", "/%5Cevil.example", "javascript:alert(1)", ""]
)
async def test_a_redirect_to_elsewhere_is_refused_in_words(visitor: Visitor, hostile: HostileDashboard, to: str) -> None:
    ticket = await visitor.ticket()
    path = f"{ticket}/redirect?to={to.replace('PORT', str(hostile.port))}"
    reply = await visitor.get(path, {"Accept": "*/*"}, known=False)
    assert reply.status == 502
    assert "Location" not in reply.headers
    told = json.loads(reply.body)
    assert told["code"] == "backend-failed"
    assert "redirects to another place, which is not followed" in told["message"]
    # A person reads a sentence, not JSON.
    shown = await visitor.get(path, BROWSES, known=False)
    assert shown.headers["Content-Type"].startswith("text/html")
    assert "redirects to another place" in shown.body.decode()
    assert hostile.outside == []


@pytest.mark.parametrize(
    "path", ["/../status", "/%2e%2e/%2e%2e/api", "/..%2f..%2fapi/v1/clusters", "/a/%252e%252e/b", "/a%5c..%5cb", "/x%00", "/x%0d%0aHost:%20evil"]
)
async def test_no_path_leads_out(visitor: Visitor, hostile: HostileDashboard, path: str) -> None:
    for prefix in ("", await visitor.ticket()):
        reply = await visitor.get(prefix + path)
        assert reply.status == 400, reply
        assert json.loads(reply.body)["code"] == "bad-request"
    assert (hostile.requests, hostile.outside) == ({}, [])


@pytest.mark.parametrize("path", ["/http://evil.example/", "//evil.example/", "/@evil.example/", "/user:pw@evil.example"])
async def test_no_path_is_another_host(visitor: Visitor, hostile: HostileDashboard, path: str) -> None:
    reply = await visitor.get(path)
    assert (reply.status, reply.body) == (404, b"nothing here")
    assert len(hostile.requests) == 1
    assert hostile.outside == []


async def test_an_absolute_request_target_reaches_nothing(visitor: Visitor, hostile: HostileDashboard) -> None:
    host = visitor.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    headers = {"Host": host, **visitor.credential, "Connection": "close"}
    lines = [f"GET http://127.0.0.1:{hostile.port}{visitor.base}/status HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert b" 404 " in answer.partition(b"\r\n")[0]
    assert (hostile.requests, hostile.outside) == ({}, [])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_nothing_is_changed_through_it(visitor: Visitor, hostile: HostileDashboard, method: str) -> None:
    ticket = await visitor.ticket()
    assert (await visitor.get("/status", method=method)).status == 405
    # A ticket is for looking: whoever has nothing else is refused before the method is looked at.
    assert (await visitor.get(f"{ticket}/status", method=method, known=False)).status == 403
    assert hostile.requests == {}


async def test_a_head_tells_without_a_body(visitor: Visitor) -> None:
    reply = await visitor.get("/style.css", method="HEAD")
    assert (reply.status, reply.body, reply.headers["Content-Length"]) == (200, b"", "4")


async def test_a_large_page_passes_as_it_is(visitor: Visitor, hostile: HostileDashboard) -> None:
    reply = await visitor.get(f"{await visitor.ticket()}/large", BROWSES, known=False)
    assert (reply.status, len(reply.body)) == (200, 6 * 2**20)


async def test_an_endless_body_is_taken_no_faster_than_it_is_read_and_ends_with_the_browser(visitor: Visitor, hostile: HostileDashboard) -> None:
    async with visitor.ask("/endless", {"Accept": "*/*"}) as response:
        assert response.status == 200
        await response.content.readexactly(2**20)
        # Everything on the way is full after a while: then no more is taken from the dashboard.
        before = -1
        while before != (before := hostile.sent["endless"]):
            await asyncio.sleep(0.5)
        assert hostile.sent["endless"] < 64 * 2**20
        response.close()
    await hostile.until_idle()
    await visitor.until_nothing_is_open()


async def test_a_browser_that_does_not_wait_ends_the_request(visitor: Visitor, hostile: HostileDashboard) -> None:
    asking = asyncio.create_task(visitor.get("/hang"))
    while not hostile.open["hang"]:
        await asyncio.sleep(0.01)
    asking.cancel()
    await hostile.until_idle()
    await visitor.until_nothing_is_open()


async def test_half_an_answer_is_not_passed_off_as_a_whole(visitor: Visitor) -> None:
    with pytest.raises(aiohttp.ClientPayloadError):
        await visitor.get("/cut", {"Accept": "*/*"})


async def test_a_dashboard_that_is_gone(visitor: Visitor, hostile: HostileDashboard, backend: BackendOf) -> None:
    await hostile.stop()
    reply = await visitor.get("/style.css", {"Accept": "*/*"})
    assert reply.status == 502
    assert "can't be reached" in json.loads(reply.body)["message"]
    # Where it is was forgotten: perhaps it is somewhere else now.
    asked = backend.calls["dashboard"]
    await visitor.get("/style.css", {"Accept": "*/*"})
    assert backend.calls["dashboard"] == asked + 1
    await hostile.start()


async def test_the_words_of_a_gateway_about_a_cluster_are_not_shown(visitor: Visitor) -> None:
    reply = await visitor.get("/bad", {"Accept": "*/*"})
    assert reply.status == 502
    assert "does not answer" in json.loads(reply.body)["message"]


async def test_a_dashboard_that_does_not_answer(visitor: Visitor, hostile: HostileDashboard) -> None:
    upstream = await visitor.app.dashboards.upstream()
    upstream._read_timeout = 0.2
    reply = await visitor.get("/hang", {"Accept": "*/*"})
    assert reply.status == 504
    assert json.loads(reply.body)["code"] == BackendTimeout.code


async def test_a_cluster_that_does_not_run_yet(visitor: Visitor, hostile: HostileDashboard) -> None:
    visitor.base = visitor.base.replace(found_id("fake", NAME), found_id("fake", PENDING))
    reply = await visitor.get("/status", BROWSES)
    assert reply.status == 409
    assert "The cluster is pending, so it has no dashboard." in reply.body.decode()
    assert hostile.requests == {}


@pytest.mark.parametrize("cluster_id", ["f" * 16, NAME, "..", "%2e%2e"])
async def test_a_cluster_that_is_not_known(visitor: Visitor, hostile: HostileDashboard, cluster_id: str) -> None:
    visitor.base = visitor.base.replace(found_id("fake", NAME), cluster_id)
    reply = await visitor.get("/status", BROWSES)
    assert reply.status == 404
    assert NAME not in reply.body.decode()
    assert hostile.requests == {}


async def test_a_cluster_without_a_dashboard(visitor: Visitor, backend: BackendOf) -> None:
    backend.hostile = None
    reply = await visitor.get("/status", BROWSES)
    assert reply.status == 404
    assert "has no dashboard" in reply.body.decode()


async def test_a_backend_is_asked_once_for_a_page_with_all_that_belongs_to_it(visitor: Visitor, backend: BackendOf) -> None:
    ticket = await visitor.ticket()
    for _ in range(10):
        assert (await visitor.get(f"{ticket}/style.css", known=False)).status == 200
    assert backend.calls["dashboard"] == 1


async def test_neither_the_name_nor_a_ticket_is_logged(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = await visitor.ticket()
    for path in ("status", "nothing", "bad", "redirect?to=//evil.example", "../x", "cut"):
        try:
            await visitor.get(f"{ticket}/{path}", {"Referer": f"{visitor.origin}{visitor.base}{ticket}/status"}, known=False)
        except aiohttp.ClientPayloadError:
            continue
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp"))
    assert "[secret]/nothing" in ours
    assert NAME not in ours
    assert ticket.removeprefix("/~") not in ours


async def test_looking_is_no_activity(visitor: Visitor) -> None:
    ticket = await visitor.ticket()
    await visitor.get(f"{ticket}/status", BROWSES, known=False)
    assert visitor.app.serverapp is not None
    assert "api_last_activity" not in visitor.app.serverapp.web_app.settings

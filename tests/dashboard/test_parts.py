"""The parts of the dashboard proxy that need no server: paths, redirects, headers, pages, tickets."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pccompute_ext.backends.base import DashboardTarget
from pccompute_ext.backends.gateway_reports import read_report
from pccompute_ext.dashboard import html
from pccompute_ext.dashboard.headers import request_headers, response_headers
from pccompute_ext.dashboard.place import clean_query, normalise, read_place
from pccompute_ext.dashboard.root import Root
from pccompute_ext.dashboard.sockets import sendable
from pccompute_ext.dashboard.tickets import MOST, Tickets
from pccompute_ext.errors import BackendFailed, BadRequest

NAME = "default.0123456789abcdef0123456789abcdef"
ROOT = Root(DashboardTarget(f"https://hub.example/services/dask-gateway/clusters/{NAME}", secret=NAME))
PREFIX = "/user/ann@example.org/pccompute/clusters/0123456789abcdef/dashboard"


# -- paths -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ""),
        ("/", ""),
        ("/status", "status"),
        ("//evil.example/status", "evil.example/status"),
        ("/info//main///workers.html", "info/main/workers.html"),
        ("/info/worker/tls%3A%2F%2F10.0.0.1%3A8786.html", "info/worker/tls%3A%2F%2F10.0.0.1%3A8786.html"),
        ("/info/task/('x', 0)|é.html", "info/task/('x',%200)%7C%C3%A9.html"),
        ("/http://evil.example/", "http:/evil.example/"),
        ("/@evil.example", "@evil.example"),
    ],
)
def test_a_path_stays_below_the_root(path: str, expected: str) -> None:
    assert normalise(path) == expected
    assert ROOT.url(normalise(path)) == f"https://hub.example/services/dask-gateway/clusters/{NAME}/{expected}"


@pytest.mark.parametrize(
    "path",
    [
        "/..",
        "/../status",
        "/status/../../x",
        "/./status",
        "/%2e%2e/x",
        "/%2E./x",
        "/.%2e/x",
        "/%252e%252e/x",
        "/%25252e%25252e/x",
        "/a%2f..%2fb",
        "/a%2f%2e%2e",
        "/a\\..\\b",
        "/a%5c..%5cb",
        "/a%00b",
        "/a%0d%0aHost: x",
        "/a%",
        "/a%zz",
        "/%2e",
    ],
)
def test_a_path_that_may_lead_out_is_refused(path: str) -> None:
    with pytest.raises(BadRequest):
        normalise(path)


@given(st.text(alphabet="./\\%2eEfF5cC@:?#a \t\r\n", max_size=24))
def test_no_path_leads_out(path: str) -> None:
    try:
        normal = normalise(path)
    except BadRequest:
        return
    url = ROOT.url(normal)
    assert url.startswith(f"https://hub.example/services/dask-gateway/clusters/{NAME}/")
    assert ".." not in normal.replace("%2e", ".").replace("%2E", ".").split("/")
    assert not set(normal) & set("\\ ?#\r\n\t")


def test_the_credentials_of_jupyter_are_taken_from_a_query() -> None:
    assert clean_query("token=abc&bokeh-session-id=1&_xsrf=2&%74oken=3&a=b c") == "bokeh-session-id=1&a=b%20c"
    assert clean_query("") == ""


@pytest.mark.parametrize(
    ("path", "ticket", "rest", "to_dashboard", "to_root"),
    [
        ("", None, "", "dashboard/", "dashboard/"),
        ("/", None, "/", "./", "./"),
        ("/status", None, "/status", "./", "./"),
        ("/info/main/logs.html", None, "/info/main/logs.html", "../../", "../../"),
        ("/~TICKET", "TICKET", "", "./", "~TICKET/"),
        ("/~TICKET/", "TICKET", "/", "../", "./"),
        ("/~TICKET/info/main/logs.html", "TICKET", "/info/main/logs.html", "../../../", "../../"),
        ("/~/status", "", "/status", "../", "./"),
    ],
)
def test_a_request_is_taken_apart(path: str, ticket: str | None, rest: str, to_dashboard: str, to_root: str) -> None:
    place = read_place(PREFIX + path)
    assert (place.cluster_id, place.ticket, place.rest) == ("0123456789abcdef", ticket, rest)
    assert (place.to_dashboard, place.to_root) == (to_dashboard, to_root)
    assert "TICKET" not in repr(place)


# -- redirects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "path", "expected"),
    [
        ("/status", "", "status"),
        ("status", "", "status"),
        ("info/main/workers.html", "info", "info/main/workers.html"),
        ("../logs.html?a=1&token=x#end", "info/main/workers.html", "info/logs.html?a=1#end"),
        # A server at the top of its host can't climb higher.
        ("../../../../status", "info/main/workers.html", "status"),
        (f"/services/dask-gateway/clusters/{NAME}/status", "", "status"),
        (f"https://hub.example/services/dask-gateway/clusters/{NAME}/status", "", "status"),
        (f"https://HUB.example:443/services/dask-gateway/clusters/{NAME}/status", "", "status"),
        (f"//hub.example/services/dask-gateway/clusters/{NAME}/status", "", "status"),
    ],
)
def test_a_redirect_within_the_dashboard_is_followed(location: str, path: str, expected: str) -> None:
    assert ROOT.follow(location, path) == expected


@pytest.mark.parametrize(
    "location",
    [
        "",
        "https://evil.example/",
        "//evil.example/status",
        "///evil.example/status\\x",
        "/\\evil.example",
        "\\\\evil.example",
        f"http://hub.example/services/dask-gateway/clusters/{NAME}/status",
        f"https://hub.example:8443/services/dask-gateway/clusters/{NAME}/status",
        f"https://hub.example@evil.example/services/dask-gateway/clusters/{NAME}/status",
        f"https://x@hub.example/services/dask-gateway/clusters/{NAME}/status",
        "https://hub.example/services/dask-gateway/api/v1/clusters/",
        f"https://hub.example/services/dask-gateway/clusters/{NAME}/../other/status",
        f"https://hub.example/services/dask-gateway/clusters/{NAME}/%2e%2e/other/status",
        f"https://hub.example/services/dask-gateway/clusters/{NAME}x/status",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[broken",
        "https://hub.example:99999999/",
        "/a\nb",
    ],
)
def test_a_redirect_that_leaves_the_dashboard_is_refused(location: str) -> None:
    with pytest.raises(BackendFailed, match="redirects to another place, which is not followed") as refused:
        ROOT.follow(location, "")
    assert NAME not in refused.value.message
    assert "evil" not in refused.value.message


@pytest.mark.parametrize("url", ["ftp://x/", "https://user:secret@x/", "//x/", "https:///x", "https://x/?a=b", "https://x/#a"])
def test_a_target_is_a_plain_url(url: str) -> None:
    with pytest.raises(BackendFailed) as refused:
        Root(DashboardTarget(url))
    assert "secret" not in refused.value.message


def test_a_target_shows_nothing_of_itself() -> None:
    target = DashboardTarget("https://x/y", headers={"Authorization": "secret"}, proxy="http://u:p@proxy", secret="y")
    assert repr(target) == "DashboardTarget()"
    assert repr(Root(target)) == "<Root at https://x>"


@pytest.mark.parametrize("route", ["@evil.example/status", "evil.example", "", None, 5])
def test_a_gateway_can_not_move_a_dashboard_to_another_host(route: object) -> None:
    report = read_report({"name": "n", "status": "RUNNING", "start_time": None, "options": {}, "dashboard_route": route})
    assert report.dashboard is None
    assert not report.public.dashboard


# -- headers -----------------------------------------------------------------------------------------------------------


def test_nothing_of_jupyters_is_sent_to_a_cluster() -> None:
    browser = {
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Authorization": "token secret",
        "Connection": "keep-alive, X-Hop",
        "Cookie": "username=secret; _xsrf=secret",
        "Host": "jupyter",
        "Origin": "https://hub.example",
        "Referer": "https://hub.example/lab?token=secret",
        "X-Forwarded-User": "ann",
        "X-Hop": "1",
        "X-JupyterHub-User": "ann",
        "X-XSRFToken": "secret",
        "If-None-Match": '"1"',
    }
    sent = request_headers(browser, {"X-Wanted": "by the backend"}, page=True)
    assert sent == {
        "Accept": "text/html",
        "Accept-Encoding": "identity",
        "If-None-Match": '"1"',
        "User-Agent": "pccompute",
        "X-Wanted": "by the backend",
    }
    assert request_headers(browser, {}, page=False)["Accept-Encoding"] == "gzip"


def test_nothing_that_acts_on_jupyters_origin_is_sent_to_a_browser() -> None:
    answer = {
        "Content-Type": "text/css",
        "Set-Cookie": "a=b",
        "Clear-Site-Data": "*",
        "Refresh": "0; url=https://evil.example",
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": "sandbox allow-same-origin",
        "Service-Worker-Allowed": "/",
        "Transfer-Encoding": "chunked",
        "WWW-Authenticate": "Basic",
        "Keep-Alive": "1",
    }
    assert response_headers(answer) == {"Content-Type": "text/css"}


# -- pages -------------------------------------------------------------------------------------------------------------


def adapted(page: str, path: str) -> str:
    return html.adapt(page.encode(), path=path, root=ROOT.path, url=ROOT.url(""), secret=NAME).decode()


def test_urls_of_a_page_stay_below_the_root() -> None:
    root = ROOT.path
    assert adapted(f"<a href='{root}/workers'>", "status") == "<a href='./workers'>"
    assert adapted(f'<a href="https://hub.example{root}/workers">', "info/main/logs.html") == '<a href="../../workers">'
    # As Dask's own pages below info/ have it.
    assert adapted('<link href="../../../statics/a.css"><a href="../../status">', "info/main/logs.html") == (
        '<link href="../../statics/a.css"><a href="../../status">'
    )
    assert adapted('<script src="../../../statics/a.js">', "status") == '<script src="statics/a.js">'
    assert adapted("<p>../../../ is no URL</p>", "status") == "<p>../../../ is no URL</p>"


def test_a_page_does_not_hold_the_clusters_full_name() -> None:
    assert adapted(f"<h1>{NAME}</h1>", "status") == "<h1>89abcdef</h1>"


@pytest.mark.parametrize(("type_", "expected"), [("text/html", True), ("Text/HTML; charset=utf-8", True), ("text/plain", False), ("", False)])
def test_what_a_page_is(type_: str, expected: bool) -> None:
    assert html.is_html(type_) is expected


# -- tickets -----------------------------------------------------------------------------------------------------------


@dataclass
class Person:
    username: str


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_opens_one_dashboard() -> None:
    tickets = Tickets()
    ann = Person("ann")
    value = tickets.issue(ann, "a")
    assert len(value) == 43
    found = tickets.find(value, "a")
    assert found is not None
    assert found.user is ann
    assert tickets.find(value, "b") is None
    assert tickets.find(value[:-1], "a") is None
    assert value not in repr(found)


def test_a_ticket_is_given_again_to_the_same_user_only() -> None:
    tickets = Tickets()
    value = tickets.issue(Person("ann"), "a")
    assert tickets.issue(Person("ann"), "a") == value
    assert tickets.issue(Person("bob"), "a") != value
    assert tickets.issue(Person("ann"), "b") != value


def test_a_ticket_ends_some_time_after_its_last_use() -> None:
    clock = Clock()
    tickets = Tickets(idle=10, longest=100, clock=clock)
    value = tickets.issue(Person("ann"), "a")
    clock.now = 9
    ticket = tickets.find(value, "a")
    with tickets.hold(ticket):
        clock.now = 40
        assert tickets.find(value, "a") is ticket
    clock.now = 49
    assert tickets.find(value, "a") is ticket
    clock.now = 60
    assert tickets.find(value, "a") is None
    assert tickets.issue(Person("ann"), "a") != value
    assert len(tickets) == 1


def test_no_ticket_lives_for_ever() -> None:
    clock = Clock()
    tickets = Tickets(idle=10, longest=100, clock=clock)
    value = tickets.issue(Person("ann"), "a")
    with tickets.hold(tickets.find(value, "a")):
        clock.now = 60
        # Past the half, a new page gets a new one.
        assert tickets.issue(Person("ann"), "a") != value
        clock.now = 100
        assert tickets.find(value, "a") is None


def test_there_are_not_more_and_more_tickets() -> None:
    tickets = Tickets()
    first, *_ = (tickets.issue(Person(f"user {number}"), "a") for number in range(MOST + 1))
    assert len(tickets) == MOST
    assert tickets.find(first, "a") is None


@pytest.mark.parametrize(
    ("code", "sent"), [(1000, 1000), (1001, 1001), (4000, 4000), (None, 1), (1005, 1), (1006, 1), (1015, 1), (999, 1), (10000, 1)]
)
def test_only_close_codes_that_may_be_sent_are(code: int | None, sent: int) -> None:
    assert sendable(code, otherwise=1) == sent

"""Real dashboards of real clusters, behind a base URL, and behind a hub."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from bokeh.client import pull_session

from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.testing.hub_user import HubUser
from tests.server_process import PATIENCE, ServerProcess, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

RUNS = """
from dask_gateway import Gateway
with Gateway() as gateway:
    cluster = gateway.connect(gateway.submit())
    print(cluster.name)
    cluster.close(shutdown=False)
"""

STOP = """
from dask_gateway import Gateway
with Gateway() as gateway:
    for report in gateway.list_clusters():
        gateway.stop_cluster(report.name)
"""


@dataclass(frozen=True)
class Page:
    """What a browser got, and from where after all redirects."""

    url: str
    headers: Any
    text: str


def read(url: str, token: str | None = None) -> Page:
    """Ask as a browser that opens a page; without a ``token``, as one that has no cookie."""
    request = urllib.request.Request(url, headers={"Accept": "text/html,*/*"})
    if token is not None:
        # Not sent again to where it is redirected: what is below a ticket must do without.
        request.add_unredirected_header("Authorization", f"token {token}")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return Page(answer.url, answer.headers, answer.read().decode(errors="replace"))


def own_urls(page: Page) -> set[str]:
    """The URLs of everything that a page loads or links to, but other hosts' things."""
    found = re.findall(r"""(?:href|src)=["']([^"'#]+)["']""", page.text)
    return {urljoin(page.url, url) for url in found if not re.match(r"https?:|javascript:", url)}


def check_dashboard(dashboard: str, token: str, name: str) -> None:
    """Open it as a browser does, with all that its pages load, and get a real plot."""
    status = read(f"{dashboard}status", token)
    root = status.url.removesuffix("status")
    assert re.fullmatch(re.escape(dashboard) + r"~[\w-]{43}/", root), root
    assert "sandbox allow-scripts" in status.headers["Content-Security-Policy"]
    seen = {status.url: status}
    for page in (status, read(f"{root}info"), read(f"{root}individual-workers")):
        seen[page.url] = page
        assert own_urls(page)
        for url in own_urls(page):
            assert url.startswith(root), (page.url, url)
            if url not in seen:
                seen[url] = read(url)
    assert f"{root}info/main/workers.html" in seen
    assert any(url.startswith(f"{root}static/js/bokeh.min.js") for url in seen)
    assert any(url.startswith(f"{root}statics/css/") for url in seen)
    for page in seen.values():
        assert name not in page.text
        assert name not in str(page.headers)

    plots = json.loads(read(f"{root}individual-plots.json").text)
    assert "/individual-workers-memory" in plots.values()

    # The websocket, with the ticket and nothing else.
    session = pull_session(url=f"{root}individual-workers-memory")
    try:
        assert session.document.title == "Dask: WorkersMemory"
        (figure,) = session.document.roots
        assert "Bytes stored" in figure.title.text  # type: ignore[attr-defined]
    finally:
        session.close()


def test_a_dashboard_behind_a_base_url(gateway_server: ServerProcess, gateway_user: GatewayUser) -> None:
    cluster = gateway_server.create(scaling={"mode": "manual", "count": 1})
    assert cluster["dashboard"] is None
    cluster = gateway_server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "a worker")
    assert cluster["dashboard"] == f"clusters/{cluster['id']}/dashboard/"
    (name,) = gateway_user.clusters()
    check_dashboard(f"{gateway_server.url}/{cluster['dashboard']}", gateway_server.token, name)

    # A program that has a credential needs no ticket: as dask-labextension asks for the plots, and as bokeh's client connects.
    answer = gateway_server.request("GET", f"{cluster['dashboard']}individual-plots.json")
    assert answer.body["Individual Workers Memory"] == "/individual-workers-memory"
    with pull_session(url=f"{gateway_server.url}/{cluster['dashboard']}individual-cpu", arguments={"token": gateway_server.token}) as session:
        assert session.document.roots

    gateway_user.stop(name)
    gateway_server.wait_for_cluster(cluster["id"], lambda seen: seen["state"] == "stopped", "the end")
    assert gateway_server.clusters()[cluster["id"]]["dashboard"] is None
    log = gateway_server.log.read_text()
    assert "/dashboard/~[secret]/" in log
    assert name not in log
    assert not re.search(r"/dashboard/~[\w-]{43}", log)


def test_a_dashboard_behind_a_hub(alice: HubUser) -> None:
    alice.start_server()
    try:
        name = alice.run(RUNS).strip()
        token = alice.mint().value

        def running() -> str | None:
            clusters = json.loads(read(f"{alice.server_url}/pccompute/clusters", token).text)["clusters"]
            return next((cluster["dashboard"] for cluster in clusters), None)

        check_dashboard(f"{alice.server_url}/pccompute/{wait_for(running, 'the cluster')}", token, name)
    finally:
        alice.run(STOP)
        alice.stop_server()

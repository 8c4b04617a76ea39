"""Who may look at a dashboard: before anything is opened for them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from jupyter_server.auth import Authorizer, User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp

from tests.dashboard.conftest import BROWSES, Visitor
from tests.dashboard.hostile import BackendOf, HostileDashboard


class Doorkeeper(Authorizer):
    """Allows what the test says, and remembers what it was asked."""

    allowed: frozenset[str] = frozenset({"read"})
    asked: list[tuple[str, str, str]]

    def is_authorized(self, handler: JupyterHandler, user: User, action: str, resource: str) -> Awaitable[bool] | bool:
        self.asked = [*getattr(self, "asked", []), (user.username, action, resource)]
        return action in self.allowed


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    jp_server_config["ServerApp"]["authorizer_class"] = Doorkeeper
    return jp_server_config


@pytest.fixture
def doorkeeper(server: ServerApp) -> Doorkeeper:
    assert isinstance(server.authorizer, Doorkeeper)
    return server.authorizer


async def status_of_socket(visitor: Visitor, path: str, *, known: bool) -> int:
    try:
        socket = await visitor.open(path, known=known)
    except aiohttp.WSServerHandshakeError as error:
        return error.status
    await socket.close()
    return 101


async def test_a_stranger_is_refused(visitor: Visitor, hostile: HostileDashboard, backend: BackendOf) -> None:
    for path in ("", "/status", "/style.css", f"/~{'x' * 43}/status", "/~/status"):
        for headers in ({}, BROWSES, {"Authorization": "token wrong"}):
            assert (await visitor.get(path, headers, known=False)).status == 403
        assert (await visitor.get(path, method="HEAD", known=False)).status == 403
    assert await status_of_socket(visitor, "/echo/ws", known=False) == 403
    assert (hostile.requests, backend.calls["dashboard"]) == ({}, 0)


async def test_a_stranger_learns_no_ids(visitor: Visitor) -> None:
    visitor.base = visitor.base.replace(visitor.base.split("/")[-2], "f" * 16)
    assert (await visitor.get("/status", known=False)).status == 403


async def test_a_user_without_the_permission_is_refused(
    visitor: Visitor, hostile: HostileDashboard, backend: BackendOf, doorkeeper: Doorkeeper
) -> None:
    doorkeeper.allowed = frozenset({"write", "execute"})
    for headers in ({}, BROWSES):
        assert (await visitor.get("/status", headers)).status == 403
    assert await status_of_socket(visitor, "/echo/ws", known=True) == 403
    assert {asked[1:] for asked in doorkeeper.asked[1:]} == {("read", "pccompute")}
    assert (hostile.requests, backend.calls["dashboard"]) == ({}, 0)


async def test_a_permission_that_is_taken_away_ends_tickets_too(visitor: Visitor, hostile: HostileDashboard, doorkeeper: Doorkeeper) -> None:
    ticket = await visitor.ticket()
    user = doorkeeper.asked[-1][0]
    assert await status_of_socket(visitor, f"{ticket}/echo/ws", known=False) == 101
    # The one who has the ticket is still the one who got it.
    assert doorkeeper.asked[-1] == (user, "read", "pccompute")
    seen = dict(hostile.requests)
    doorkeeper.allowed = frozenset()
    assert (await visitor.get(f"{ticket}/status", known=False)).status == 403
    assert await status_of_socket(visitor, f"{ticket}/echo/ws", known=False) == 403
    assert hostile.requests == seen


async def test_a_ticket_opens_no_other_dashboard_and_nothing_else(visitor: Visitor, hostile: HostileDashboard) -> None:
    ticket = await visitor.ticket()
    cluster_id = visitor.base.split("/")[-2]
    elsewhere = visitor.base
    for base in (
        elsewhere.replace(cluster_id, "f" * 16),
        elsewhere.replace(f"clusters/{cluster_id}/dashboard", f"clusters/{cluster_id}"),
        elsewhere.replace(f"pccompute/clusters/{cluster_id}/dashboard", "api/contents"),
    ):
        visitor.base = base
        assert (await visitor.get(f"{ticket}/status", known=False)).status in (403, 404)
    visitor.base = elsewhere
    assert hostile.requests == {}


async def test_an_expired_ticket_is_explained_to_strangers_and_renewed_for_users(visitor: Visitor) -> None:
    ticket = await visitor.ticket()
    visitor.app.dashboards.tickets._tickets.clear()
    reply = await visitor.get(f"{ticket}/info/main/logs.html", BROWSES, known=False)
    assert reply.status == 403
    assert "this view of the dashboard has expired" in reply.body.decode()
    renewed = await visitor.get(f"{ticket}/info/main/logs.html", BROWSES)
    assert renewed.status == 302
    assert renewed.headers["Location"].startswith("../../../~")
    assert ticket not in renewed.headers["Location"]

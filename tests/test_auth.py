"""Every verb of every URL, for a stranger, for a user without permission and for one who is allowed."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import pytest
from jupyter_server.auth import Authorizer, User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp

from pccompute_ext.access_models import CheckRequest, PresetRequest, PutCredential, SaveGateway
from pccompute_ext.handlers.routes import ROUTES
from pccompute_ext.models import AdaptCluster, CreateCluster, OffersQuestion, ScaleCluster, UpdateCluster
from pccompute_ext.snippet_models import NewClusterCode
from tests.conftest import Api

UNKNOWN_ID = "0" * 16

#: A valid body for each model that a verb takes.
BODIES: dict[type | None, Any] = {
    None: None,
    CreateCluster: {"backend": "fake"},
    UpdateCluster: {"label": "a name"},
    ScaleCluster: {"count": 1},
    AdaptCluster: {"minimum": 0, "maximum": 1},
    # Nothing is asked there: it is refused before, since it can't be an address.
    SaveGateway: {"label": "Mine", "address": "nowhere"},
    PresetRequest: {"hub": "https://hub.example.com"},
    PutCredential: {"value": "abc"},
    CheckRequest: {},
    OffersQuestion: {},
    NewClusterCode: {"options": {"worker_cores": 1}},
}

PARAMETERS = {"id": UNKNOWN_ID, "backend": "fake", "leftover": "x"}

MATRIX = [
    pytest.param(verb.upper(), route.path.format(**PARAMETERS), BODIES[operation.takes], id=f"{verb.upper()} /{route.path}")
    for route in ROUTES
    for verb, operation in route.operations()
]

#: What Jupyter Server calls the permission that a method needs.
ACTIONS = {"GET": "read", "POST": "write", "PUT": "write", "PATCH": "write", "DELETE": "write"}

#: What the backend in memory, which is neither the user's own nor takes a credential nor finds leftovers, says to somebody who may ask.
EXPECTED = {
    ("POST", "backends"): 422,
    ("GET", "backends/fake"): 409,
    ("PUT", "backends/fake"): 409,
    ("DELETE", "backends/fake"): 409,
    ("GET", "backends/fake/credential"): 409,
    ("PUT", "backends/fake/credential"): 409,
    ("DELETE", "backends/fake/credential"): 409,
    ("GET", "backends/fake/leftovers"): 409,
    ("DELETE", "backends/fake/leftovers/x"): 409,
    ("POST", "backends/fake/check"): 200,
    ("POST", "connect/preset"): 200,
    ("POST", "clusters"): 202,
}


class Doorkeeper(Authorizer):
    """Allows what the test says, and remembers what it was asked."""

    allowed: frozenset[str] = frozenset({"read", "write", "execute"})

    def is_authorized(self, handler: JupyterHandler, user: User, action: str, resource: str) -> Awaitable[bool] | bool:
        self.asked = (action, resource)
        return action in self.allowed


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    jp_server_config["ServerApp"]["authorizer_class"] = Doorkeeper
    return jp_server_config


@pytest.fixture
def doorkeeper(server: ServerApp) -> Doorkeeper:
    assert isinstance(server.authorizer, Doorkeeper)
    return server.authorizer


def test_matrix_covers_every_verb_of_every_handler() -> None:
    handled = {(verb, route.path) for route in ROUTES for verb in ("get", "post", "put", "patch", "delete") if verb in vars(route.handler)}
    declared = {(verb, route.path) for route in ROUTES for verb, _ in route.operations()}
    assert handled == declared


@pytest.mark.parametrize(("method", "path", "body"), MATRIX)
async def test_a_stranger_is_refused(api: Api, method: str, path: str, body: Any) -> None:
    answer = await api.request(method, path, body, headers={"Authorization": "token wrong"})
    assert answer.status == 403
    assert answer.body["code"] == "forbidden"
    assert set(answer.body) == {"message", "code", "detail"}


@pytest.mark.parametrize(("method", "path", "body"), MATRIX)
async def test_a_user_without_the_permission_is_refused(api: Api, doorkeeper: Doorkeeper, method: str, path: str, body: Any) -> None:
    doorkeeper.allowed = frozenset({"read", "write", "execute"} - {ACTIONS[method]})
    answer = await api.request(method, path, body)
    assert answer.status == 403
    assert answer.body["code"] == "forbidden"
    assert doorkeeper.asked == (ACTIONS[method], "pccompute")


@pytest.mark.parametrize(("method", "path", "body"), MATRIX)
async def test_who_has_just_the_permission_is_allowed(api: Api, doorkeeper: Doorkeeper, method: str, path: str, body: Any) -> None:
    doorkeeper.allowed = frozenset({ACTIONS[method]})
    answer = await api.request(method, path, body)
    assert answer.status == (404 if UNKNOWN_ID in path else EXPECTED.get((method, path), 200))


@pytest.mark.parametrize(("method", "path", "body"), [case for case in MATRIX if case.values[0] != "GET"])
async def test_what_changes_something_needs_the_xsrf_token_where_a_cookie_proves_the_user(
    api: Api, server: ServerApp, method: str, path: str, body: Any
) -> None:
    # A browser's request: the cookie comes by itself, from whatever site the request was made.
    login = await api.fetch(
        "login", params={"token": server.identity_provider.token}, headers={"Authorization": "x"}, follow_redirects=False, raise_error=False
    )
    cookies = "; ".join(cookie.partition(";")[0] for cookie in login.headers.get_list("Set-Cookie"))
    assert "username-" in cookies
    answer = await api.request(method, path, body, headers={"Authorization": "", "Cookie": cookies})
    assert answer.status == 403
    assert "_xsrf" in answer.body["message"]


async def test_urls_that_do_not_exist_tell_a_stranger_nothing(api: Api) -> None:
    assert (await api.request("GET", "secrets", headers={"Authorization": "token wrong"})).status == 403
    answer = await api.request("GET", "secrets")
    assert (answer.status, answer.body["code"]) == (404, "not-found")


@pytest.mark.parametrize("path", ["backends", "clusters", f"clusters/{UNKNOWN_ID}"])
async def test_polling_is_no_activity(api: Api, server: ServerApp, path: str) -> None:
    await api.request("GET", path)
    assert "api_last_activity" not in server.web_app.settings


async def test_a_change_is_activity(api: Api, server: ServerApp) -> None:
    await api.request("POST", "clusters", {"backend": "fake"})
    assert "api_last_activity" in server.web_app.settings

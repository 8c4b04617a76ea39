"""What an administrator locks is locked in the server, and a credential goes to nobody but the origin that it was entered for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from traitlets import TraitError

from pccompute_ext.access.definitions import Definitions, Kept
from pccompute_ext.access.gateways import settings_of
from pccompute_ext.access.policy import AccessPolicy, check_plain_http
from pccompute_ext.access.preset import preset
from pccompute_ext.access_models import GatewayDefinition
from pccompute_ext.app import ComputeApp
from pccompute_ext.credentials import Origin
from pccompute_ext.errors import ConfirmPlainHttp, Locked, Refused
from tests.conftest import Api

TOKEN = "canary-of-a-token-81c4"
GATEWAY = {"label": "Mine", "address": "https://hub.example.com/services/dask-gateway"}


# -- settings that are locked ------------------------------------------------------------------------------------------


@pytest.fixture
def traits() -> dict[str, Any]:
    """What an administrator set; a test has its own by ``parametrize``."""
    return {}


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any], traits: dict[str, Any]) -> dict[str, Any]:
    return jp_server_config | {"ComputeApp": jp_server_config["ComputeApp"] | traits}


@pytest.mark.parametrize("traits", [{"user_gateways": False}])
async def test_users_may_be_kept_from_adding_gateways(api: Api) -> None:
    assert (await api.request("GET", "connect")).body["user_gateways"] is False
    answer = await api.request("POST", "backends", GATEWAY)
    assert (answer.status, answer.body["code"]) == (403, "locked")


@pytest.mark.parametrize("traits", [{"allowed_addresses": ["https://*.example.com/services/*"]}])
async def test_only_allowed_addresses_may_be_added(api: Api) -> None:
    answer = await api.request("POST", "backends", GATEWAY | {"address": "https://hub.example.org/services/dask-gateway"})
    assert (answer.status, answer.body["code"]) == (403, "locked")
    assert "https://*.example.com/services/*" in answer.body["message"]
    assert (await api.request("GET", "connect")).body["allowed_addresses"] == ["https://*.example.com/services/*"]


@pytest.mark.parametrize("traits", [{"allowed_auth_types": ["jupyterhub", "deployment.auth.OwnAuth"]}])
async def test_only_allowed_ways_to_authenticate_may_be_chosen(api: Api) -> None:
    for auth in ("basic", "none", "kerberos", "os.system"):
        answer = await api.request("POST", "backends", GATEWAY | {"auth": auth})
        assert (answer.status, answer.body["code"]) == (403, "locked"), auth
    offered = (await api.request("GET", "connect")).body["auth_types"]
    assert [(each["id"], each["credential"]) for each in offered] == [("jupyterhub", "token"), ("deployment.auth.OwnAuth", None)]


@pytest.mark.parametrize("traits", [{"allowed_stores": ["session"]}])
async def test_only_allowed_places_keep_credentials(api: Api) -> None:
    assert [place["kind"] for place in (await api.request("GET", "connect")).body["places"]] == ["session"]
    async with gateway() as address:
        id = (await api.request("POST", "backends", GATEWAY | {"address": address})).body["id"]
        answer = await api.request("PUT", f"backends/{id}/credential", {"value": TOKEN, "store": "file"})
        assert (answer.status, answer.body["code"]) == (403, "locked")
        answer = await api.request("PUT", f"backends/{id}/credential", {"value": TOKEN})
        assert (answer.status, answer.body["source"]) == (200, "session")


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("allowed_stores", ["cloud"]),
        ("allowed_addresses", ["hub.example.com"]),
        ("allowed_addresses", 3),
        ("user_gateways", "perhaps"),
        ("allowed_auth_types", 1),
    ],
)
def test_a_lock_that_makes_no_sense_is_refused(trait: str, value: Any) -> None:
    with pytest.raises(TraitError):
        ComputeApp(**{trait: value})


@pytest.mark.parametrize(
    ("pattern", "address", "allowed"),
    [
        ("https://hub.example.com", "https://hub.example.com/services/dask-gateway", True),
        ("https://hub.example.com", "https://HUB.example.com.:443/x", True),
        ("https://hub.example.com/compute", "https://hub.example.com/compute/services/dask-gateway", True),
        ("https://hub.example.com/compute", "https://hub.example.com/computed", False),
        ("https://hub.example.com/compute", "https://hub.example.com/compute/../other", False),
        ("https://hub.example.com", "http://hub.example.com", False),
        ("https://hub.example.com", "https://hub.example.com:8443", False),
        ("https://*.example.com", "https://a.b.example.com/x", True),
        ("https://*.example.com", "https://evil.org/.example.com", False),
        ("https://*.example.com", "https://example.com.evil.org", False),
        ("https://*.example.com", "https://evil.org#.example.com", False),
        ("https://*.example.com", "https://evil.org\\.example.com", False),
        ("http://10.0.0.1:8000/*", "http://10.0.0.1:8000/x", True),
    ],
)
def test_patterns_of_addresses(pattern: str, address: str, allowed: bool) -> None:
    policy = AccessPolicy(addresses=[pattern])
    if allowed:
        policy.check_address(address)
    else:
        with pytest.raises((Locked, Refused)):
            policy.check_address(address)


# -- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "hub.example.com"}, "http:// or https://"),
        ({"address": "ftp://hub.example.com"}, "http:// or https://"),
        ({"address": f"https://ann:{TOKEN}@hub.example.com"}, "must not hold a user"),
        ({"address": f"https://hub.example.com/?token={TOKEN}"}, "must not hold a user"),
        ({"public_address": "javascript:alert(1)"}, "http:// or https://"),
        ({"hub": "https://another.example.com"}, "at another host"),
        ({"proxy_address": "https://hub.example.com"}, "host and a port"),
        ({"proxy_address": "gateway://hub.example.com"}, "host and a port"),
        ({"proxy_address": "gateway://hub.example.com:99999999"}, "host and a port"),
    ],
)
async def test_an_address_that_can_not_be_used_is_refused_and_not_repeated(api: Api, change: dict[str, str], words: str) -> None:
    answer = await api.request("POST", "backends", GATEWAY | change)
    assert (answer.status, answer.body["code"]) == (422, "refused")
    assert words in answer.body["message"]
    assert TOKEN not in str(answer.body)


async def test_what_can_be_read_on_the_way_asks_first(api: Api) -> None:
    plain = GATEWAY | {"address": "http://192.0.2.1:1/services/dask-gateway"}
    answer = await api.request("POST", "backends", plain)
    assert (answer.status, answer.body["code"], answer.body["detail"]) == (409, "confirm-plain-http", {"origin": "http://192.0.2.1:1"})
    for private in ("https://192.0.2.1", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost"):
        check_plain_http(Origin.of(private), confirmed=False)
    with pytest.raises(ConfirmPlainHttp):
        check_plain_http(Origin.of("http://127.0.0.1.example.com"), confirmed=False)
    check_plain_http(Origin.of("http://192.0.2.1"), confirmed=True)


def test_templates_of_a_person_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", TOKEN)
    settings = settings_of(Kept(id="a", gateway=GatewayDefinition(label="A", address="https://evil.example/{JUPYTERHUB_API_TOKEN}")))
    assert settings.address is not None
    assert settings.address.format() == "https://evil.example/{JUPYTERHUB_API_TOKEN}"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://hub.example.com", "https://hub.example.com/services/dask-gateway/"),
        ("hub.example.com/compute/hub/token?x=1", "https://hub.example.com/compute/services/dask-gateway/"),
        ("https://hub.example.com/compute/user/ann@example.com/lab", "https://hub.example.com/compute/services/dask-gateway/"),
    ],
)
def test_the_preset_of_a_hub(page: str, address: str) -> None:
    found = preset(page)
    assert found.address == address
    assert found.proxy_address == "gateway://hub.example.com:443"
    assert found.token_page == address.replace("services/dask-gateway/", "hub/token")
    with pytest.raises(Refused):
        preset("nowhere at all://")


# -- whom a credential goes to -----------------------------------------------------------------------------------------


@asynccontextmanager
async def gateway(redirect_to: str | None = None, seen: list[str | None] | None = None) -> AsyncIterator[str]:
    """A server that takes any token, or sends everybody who has one elsewhere."""

    async def handle(request: web.Request) -> web.Response:
        shown = request.headers.get("Authorization")
        if seen is not None:
            seen.append(shown)
        if shown is None:
            return web.json_response({}, status=401)
        if redirect_to is not None:
            return web.Response(status=307, headers={"Location": redirect_to + request.path})
        return web.json_response({"cluster_options": []})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(shutdown_timeout=0.1)
    try:
        yield f"http://127.0.0.1:{server.port}/gateway"
    finally:
        await server.close()


async def test_a_credential_is_not_taken_along_to_another_origin(api: Api) -> None:
    stolen: list[str | None] = []
    async with gateway(seen=stolen) as thief, gateway(redirect_to=thief.removesuffix("/gateway")) as address:
        id = (await api.request("POST", "backends", GATEWAY | {"address": address})).body["id"]
        answer = await api.request("PUT", f"backends/{id}/credential", {"value": TOKEN, "store": "session"})
        assert answer.status == 502
        assert "redirects to another address" in answer.body["message"]
        assert not (await api.request("GET", f"backends/{id}/credential")).body["present"], "What can't be verified is not kept."
    assert stolen == []


async def test_another_address_does_not_get_the_credential_of_the_former(api: Api) -> None:
    seen: list[str | None] = []
    async with gateway() as first, gateway(seen=seen) as second:
        id = (await api.request("POST", "backends", GATEWAY | {"address": first})).body["id"]
        assert (await api.request("PUT", f"backends/{id}/credential", {"value": TOKEN, "store": "session"})).status == 200
        changed = (await api.request("PUT", f"backends/{id}", GATEWAY | {"address": second})).body
        assert changed["state"] == "needs-credential"
        # Back at the first, it is there again.
        assert (await api.request("PUT", f"backends/{id}", GATEWAY | {"address": first})).body["state"] == "ready"
    assert seen
    assert set(seen) == {None}


def test_a_person_is_not_asked_twice_about_plain_http() -> None:
    kept = Kept(id="a", gateway=GatewayDefinition(label="A", address="http://192.0.2.1"), plain_http=True)
    assert settings_of(kept).plain_http


# -- what is kept ------------------------------------------------------------------------------------------------------


async def test_a_broken_file_of_a_gateway_harms_no_other(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    setup = api.app._access_setup
    definitions: Definitions = setup.definitions
    sound = Kept(id="sound", gateway=GatewayDefinition(label="Sound", address="https://a.example"))
    await definitions.put(sound)
    await definitions.put(Kept(id="other", gateway=sound.gateway))
    for name, content in (("broken", "{"), ("future", '{"format": 2}')):
        file = definitions.directory / f"{name}.json"
        file.touch(mode=0o600)
        file.write_text(content)
    (definitions.directory / "other.json").chmod(0o644)
    assert await definitions.load() == [sound]
    assert all(f"{name}.json" in caplog.text for name in ("broken", "future", "other"))


async def test_a_gateway_that_can_not_be_kept_is_not_added(api: Api) -> None:
    definitions: Definitions = api.app._access_setup.definitions
    definitions.directory.parent.mkdir(parents=True, exist_ok=True)
    definitions.directory.symlink_to("/nowhere")
    answer = await api.request("POST", "backends", GATEWAY)
    assert answer.status == 409
    assert "symbolic link" in answer.body["message"]
    assert [each["id"] for each in (await api.request("GET", "backends")).body["backends"]] == ["fake"]

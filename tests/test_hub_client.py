"""Tokens of a real JupyterHub: whose they are, what they may do, until when, and each way in which one can be wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from pccompute_ext.backends.ports import free_port
from pccompute_ext.credentials import Secret
from pccompute_ext.errors import BackendFailed
from pccompute_ext.hub import HubAddress, HubClient, ScopesMissing, TokenExpired, TokenMissing, TokenRefused
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import ALICE, GATEWAY_SCOPE
from pccompute_ext.testing.hub_user import HubUser, MintedToken

# A first use starts the hub.
pytestmark = [pytest.mark.integration, pytest.mark.timeout(300), pytest.mark.usefixtures("jp_asyncio_loop")]

NEEDS = [GATEWAY_SCOPE]


@pytest.fixture
def client(hub: HubProcess) -> HubClient:
    return HubClient(HubAddress.parse(hub.url))


@pytest.fixture
def least(alice: HubUser) -> Iterator[MintedToken]:
    """A token with the one scope that the gateway wants."""
    token = alice.mint(NEEDS)
    yield token
    alice.revoke(token)


async def test_the_hub_tells_its_version(client: HubClient) -> None:
    assert int((await client.version()).partition(".")[0]) >= 6


async def test_a_token_with_the_one_scope_is_enough(client: HubClient, least: MintedToken) -> None:
    identity = await client.verify(Secret(least.value), NEEDS)
    assert identity.user == ALICE
    assert identity.scopes is not None
    assert GATEWAY_SCOPE in identity.scopes
    # With so few scopes it may not ask for its own end.
    assert not identity.expiry_known
    assert identity.expires is None


async def test_the_end_is_known_where_the_token_may_ask(client: HubClient, alice: HubUser) -> None:
    token = alice.mint([*NEEDS, "read:tokens!user"])
    identity = await client.verify(Secret(token.value), NEEDS)
    assert identity.expiry_known
    assert identity.expires is not None
    assert identity.expires == token.expires


async def test_a_token_without_an_end(client: HubClient, alice: HubUser) -> None:
    token = alice.mint([*NEEDS, "read:tokens!user"], expires_in=None)
    identity = await client.verify(Secret(token.value), NEEDS)
    assert identity.expiry_known
    assert identity.expires is None


async def test_a_token_with_all_that_its_user_may(client: HubClient, alice: HubUser) -> None:
    identity = await client.verify(Secret(alice.mint().value), NEEDS)
    assert identity.user == ALICE
    assert identity.expiry_known


async def test_the_token_of_a_service(client: HubClient, hub: HubProcess) -> None:
    identity = await client.verify(Secret(hub.settings.operator_token))
    assert identity.user == "operator"
    assert not identity.expiry_known


async def test_no_token(client: HubClient, hub: HubProcess) -> None:
    with pytest.raises(TokenMissing) as caught:
        await client.verify(None)
    assert caught.value.detail == {"problem": "missing", "token_page": f"{hub.url}/hub/token"}
    assert caught.value.code == "needs-credential"


async def test_a_token_that_the_hub_never_made(client: HubClient) -> None:
    with pytest.raises(TokenRefused) as caught:
        await client.verify(Secret("not-a-token-of-this-hub"))
    assert caught.value.detail["problem"] == "refused"
    assert "not-a-token" not in str(caught.value)


async def test_a_revoked_token(client: HubClient, alice: HubUser) -> None:
    token = alice.mint(NEEDS)
    await client.verify(Secret(token.value))
    alice.revoke(token)
    with pytest.raises(TokenRefused):
        await client.verify(Secret(token.value), expires=token.expires)


async def test_an_expired_token(client: HubClient, alice: HubUser) -> None:
    token = alice.mint(NEEDS, expires_in=1)
    secret = Secret(token.value)
    # Hub and test share a clock; what is waited for is the hub's own word.
    while True:
        try:
            await client.verify(secret)
        except TokenRefused:
            break
        await asyncio.sleep(0.1)
    with pytest.raises(TokenExpired) as caught:
        await client.verify(secret, expires=token.expires)
    assert token.expires is not None
    assert caught.value.detail["expired"] == token.expires.isoformat()


async def test_a_token_without_the_scope(client: HubClient, alice: HubUser) -> None:
    token = alice.mint(["read:users!user"])
    assert (await client.verify(Secret(token.value))).user == ALICE
    with pytest.raises(ScopesMissing) as caught:
        await client.verify(Secret(token.value), NEEDS)
    assert caught.value.detail["missing"] == NEEDS
    assert caught.value.detail["user"] == ALICE
    assert GATEWAY_SCOPE in caught.value.message


async def test_what_answers_is_another_kind_of_server(hub: HubProcess, least: MintedToken) -> None:
    client = HubClient(HubAddress.parse(hub.settings.gateway_address))
    with pytest.raises(BackendFailed, match="Check that it is the address of a JupyterHub"):
        await client.verify(Secret(least.value))
    with pytest.raises(BackendFailed, match="There is no JupyterHub at"):
        await client.version()


async def test_nothing_answers(least: MintedToken) -> None:
    client = HubClient(HubAddress.parse(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(BackendFailed, match="can't be reached"):
        await client.verify(Secret(least.value))


def test_the_hub_is_found_from_any_of_its_pages(hub: HubProcess, alice: HubUser) -> None:
    for page in (hub.gateway_address, f"{alice.server_url}/lab/tree/a.ipynb?token=abc", f"{hub.url}/hub/home"):
        assert str(HubAddress.parse(page)) == f"{hub.url}/"
    assert HubAddress.parse(hub.url).service("dask-gateway") == hub.gateway_address

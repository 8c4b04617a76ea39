"""The least scopes: what a token needs, and what is lost with fewer. On a real hub, whose gateway checks scopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.credentials import Credential, CredentialStore, Origin, Secret, SessionSource
from pccompute_ext.errors import CredentialNeeded
from pccompute_ext.testing.hub import HubProcess
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE
from pccompute_ext.testing.hub_user import HubUser

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def store(jp_asyncio_loop: Any) -> CredentialStore:
    return CredentialStore([SessionSource()])


@pytest.fixture
def outside(hub: HubProcess, store: CredentialStore, jp_asyncio_loop: Any) -> Iterator[GatewayBackend]:
    """The hub's gateway as somebody adds it on a machine elsewhere."""
    settings = GatewaySettings(address=hub.gateway_address, proxy_address=hub.gateway.proxy_address, auth="jupyterhub", entered=True)
    backend = GatewayBackend(id="hub", label="Hub", settings=settings)
    backend.use_credentials(store)
    yield backend
    jp_asyncio_loop.run_until_complete(backend.close(stop_clusters=True))


async def test_one_scope_is_enough(hub: HubProcess, alice: HubUser, outside: GatewayBackend, store: CredentialStore) -> None:
    verified = await outside.verify(Credential(Secret(alice.mint([GATEWAY_SCOPE]).value)))
    assert (verified.user, verified.expires) == (alice.name, None), "The hub tells when it ends only to who may read tokens."
    await store.put(Origin.of(hub.gateway_address), verified)
    assert (await outside.health()).state == "ready"
    assert (await outside.options()).defaults
    name = await outside.create({})
    assert [report.name for report in await outside.clusters()] == [name]
    await outside.stop(name)
    status = await outside.credential()
    assert status is not None
    assert (status.usable, status.user, status.expires_soon) == (True, alice.name, False)
    # Who it is, and no more, is what the hub adds to every token by itself.
    assert status.scopes is not None
    assert GATEWAY_SCOPE in status.scopes
    assert all(scope.startswith(("access:services", "read:users:name", "read:users:groups")) for scope in status.scopes)


async def test_with_one_more_the_expiry_is_known(alice: HubUser, outside: GatewayBackend) -> None:
    verified = await outside.verify(Credential(Secret(alice.mint([GATEWAY_SCOPE, "read:tokens!user"]).value)))
    assert verified.expires is not None


@pytest.mark.parametrize("scopes", [["read:users:name!user"], ["read:users!user", "read:tokens!user"]])
async def test_without_it_nothing_works_and_it_is_named(alice: HubUser, outside: GatewayBackend, scopes: list[str]) -> None:
    with pytest.raises(CredentialNeeded) as refused:
        await outside.verify(Credential(Secret(alice.mint(scopes).value)))
    assert GATEWAY_SCOPE in refused.value.message

"""The connection to one gateway: where it is, as whom, and the client that asks it. Found out when it is first needed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from ..credentials import Credential, CredentialProvider, CredentialStore, Origin
from ..errors import CredentialNeeded, WrongState
from ..hub import ScopesMissing
from .gateway_auth import auth_with
from .gateway_credential import GatewayCredential
from .gateway_http import GatewayHTTP
from .gateway_settings import OPTIONS, Endpoint, GatewaySettings, resolve, without_credential
from .gateway_signin import SignIn


@dataclass(frozen=True)
class Connected:
    """What follows from the settings."""

    endpoint: Endpoint
    http: GatewayHTTP = field(repr=False)
    credential: GatewayCredential | None = field(repr=False)


def _provider(store: CredentialStore, endpoint: Endpoint) -> CredentialProvider:
    """A token has no user name, a password has one."""
    return CredentialProvider(store, Origin.of(endpoint.address), lambda credential: (credential.username is None) == (endpoint.wants == "token"))


class GatewayConnection:
    """Made anew whenever the settings change; what is under way ends with the old ones."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self._store: CredentialStore | None = None
        self._connected: Connected | None = None
        self._lock = asyncio.Lock()

    @property
    def address(self) -> str | None:
        """For people: without user and password."""
        known = self._connected.endpoint.address if self._connected else self.settings.address
        return without_credential(known) if known else None

    def use_credentials(self, store: CredentialStore) -> None:
        """Take what a person entered from ``store``. To be called before the first use."""
        self._store = store

    async def get(self) -> Connected:
        """Find out where the gateway is.

        Raises
        ------
        Unavailable
            The configuration can't be used; the message says why.
        """
        async with self._lock:
            if self._connected is None:
                endpoint = await resolve(self.settings)
                credential = None
                if self._store is not None:
                    credential = GatewayCredential(self.settings, endpoint, _provider(self._store, endpoint))
                http = GatewayHTTP(endpoint, sign_in=credential.sign_in if credential else None)
                self._connected = Connected(endpoint, http, credential)
            return self._connected

    async def change(self, settings: GatewaySettings) -> None:
        """Go on with other settings."""
        async with self._lock:
            self.settings = settings
            before, self._connected = self._connected, None
        if before is not None:
            await before.http.close()

    async def close(self) -> None:
        """Release everything."""
        if self._connected is not None:
            await self._connected.http.close()

    async def verify(self, credential: Credential) -> Credential:
        """See :meth:`Backend.verify`. The hub is asked where one is known, and then the gateway itself, without any other credential."""
        connected = await self.get()
        if connected.credential is None or connected.credential.target is None:
            raise WrongState("This gateway takes no credential that could be entered here.")
        identity = await connected.credential.identify(credential)
        sign_in = SignIn(await asyncio.to_thread(auth_with, credential))
        http = GatewayHTTP(connected.endpoint, sign_in=sign_in)
        try:
            await http.request("GET", OPTIONS)
        except CredentialNeeded:
            scope, hub = connected.credential.scope, connected.credential.hub
            if identity is not None and hub is not None and scope is not None and identity.lacks([scope]):
                raise ScopesMissing(hub.token_page, identity.user, [scope]) from None
            raise
        finally:
            await http.close()
        user = identity.user if identity else credential.username
        return Credential(credential.secret, credential.username, user, identity.expires if identity else None)

"""What is known of the credential for one gateway: whose it is, where it is kept, when it ends; and whether one that was entered is good."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from ..credentials import Credential, CredentialProvider, Secret
from ..credentials.environment import VARIABLE, place_of_token
from ..credentials.os_keyring import SERVICE
from ..errors import BadRequest, ComputeError
from ..hub import HubAddress, HubClient, TokenIdentity
from ..models import CredentialSource, CredentialStatus
from ..snippets.kept_credential import KeptCredential
from .base import CredentialTarget
from .gateway_settings import Endpoint, GatewaySettings
from .gateway_signin import SignIn

SOON: Final = timedelta(days=1)

_ASK_WITHIN: Final = 10.0
_ASK_AGAIN_AFTER: Final = 300.0
"""Seconds after which a hub that did not answer is asked again whose a token is."""


def public_hub(settings: GatewaySettings, address: str) -> HubAddress | None:
    """The hub that knows a gateway's tokens, where people find it: as set up, or where the gateway is a service of one."""
    if settings.hub:
        return HubAddress.parse(settings.hub)
    return HubAddress.parse(address) if "/services/" in urlsplit(address).path else None


def service_scope(address: str) -> str | None:
    """The scope that a token mostly needs for a gateway that is a service of a hub."""
    _, found, rest = urlsplit(address).path.partition("/services/")
    name = rest.partition("/")[0]
    return f"access:services!service={name}" if found and name else None


@dataclass(frozen=True)
class Held:
    """A credential, and where it is from."""

    credential: Credential
    source: CredentialSource
    where: str
    usable: bool
    file: Path | None = None


class GatewayCredential:
    """The credential of one resolved gateway."""

    def __init__(self, settings: GatewaySettings, endpoint: Endpoint, provider: CredentialProvider) -> None:
        self.scope = service_scope(endpoint.address)
        self.hub = public_hub(settings, endpoint.address) if endpoint.wants == "token" else None
        self.sign_in = SignIn(endpoint.auth, endpoint.wants, provider, self.hub.token_page if self.hub else None)
        self._origin = provider.origin
        self._confirmed = settings.plain_http or not settings.entered
        self.last_held: Held | None = None
        """What :meth:`held` told last: every look at the backend asks."""
        self._identity: tuple[Secret, TokenIdentity] | None = None
        self._not_asked_before: dict[Secret, float] = {}

    @property
    def target(self) -> CredentialTarget | None:
        """What may be entered, and for whom."""
        kind = self.sign_in.wants
        if kind is None:
            return None
        return CredentialTarget(kind, self._origin, self._confirmed)

    async def identify(self, credential: Credential, *, from_environment: bool = False) -> TokenIdentity | None:
        """Ask the hub whose a token is. ``None`` where no hub is known that may see it.

        Raises
        ------
        CredentialNeeded
            It is not good, or not for this.
        BackendFailed, BackendTimeout
            Nothing is known of it.
        """
        hub = self._hub_for(from_environment)
        if hub is None or credential.username is not None:
            return None
        identity = await HubClient(hub).verify(credential.secret, expires=credential.expires)
        self._identity = credential.secret, identity
        return identity

    async def status(self) -> CredentialStatus | None:
        """What may be told. Asks the hub once for each token."""
        target = self.target
        if target is None:
            return None
        token_page = self.hub.token_page if self.hub else None
        held = await self.held()
        if held is None:
            return CredentialStatus(kind=target.kind, origin=str(target.origin), token_page=token_page, warning=await self._problems())
        credential, usable = held.credential, held.usable
        identity = await self._known_identity(credential, held.source) if usable else None
        expires = (identity.expires if identity else None) or credential.expires
        soon = expires is not None and usable and expires - datetime.now(UTC) <= SOON
        return CredentialStatus(
            kind=target.kind,
            origin=str(target.origin),
            present=True,
            usable=usable,
            source=held.source,
            where=held.where,
            removable=held.source not in ("environment", "configuration"),
            user=(identity.user if identity else None) or credential.user or credential.username,
            scopes=sorted(identity.scopes) if identity and identity.scopes is not None else None,
            expires=expires,
            expires_soon=soon,
            token_page=token_page,
            warning=_expiry_warning(target.kind, expires, token_page) if soon else await self._problems(),
        )

    async def held(self) -> Held | None:
        """The credential that is shown first, or would be if it could be used."""
        found = await self.sign_in.entered()
        configured = self._configured()
        if configured is not None and not (self.sign_in.configured_refused and found is not None and found.usable):
            self.last_held = configured
        else:
            self.last_held = Held(found.credential, found.kind, found.where, found.usable, found.file) if found is not None else None
        return self.last_held

    @property
    def known_user(self) -> str | None:
        """Whose the credential is that :meth:`held` told last, as far as that is known without asking anybody."""
        if self._identity is not None:
            return self._identity[1].user
        held = self.last_held
        return (held.credential.user or held.credential.username) if held is not None else None

    def for_kernels(self, *, entered: bool) -> KeptCredential | None:
        """Where code in a kernel finds the credential; ``None`` where it need not look, since the configuration or the environment gives it."""
        kind, held = self.sign_in.wants, self.last_held
        if kind is None or (held is None and not entered) or (held is not None and held.source in ("environment", "configuration")):
            return None
        kept: Literal["file", "keyring", "asked"] = "asked"
        if held is not None and held.source in ("file", "keyring"):
            kept = "file" if held.source == "file" else "keyring"
        return KeptCredential(kind, kept, SERVICE, str(self._origin), held.file if held is not None else None)

    def _configured(self) -> Held | None:
        """The credential that Dask's configuration or an operator gives."""
        auth = self.sign_in.configured
        if auth is None:
            return None
        usable = not self.sign_in.configured_refused
        if token := getattr(auth, "api_token", None):
            if token == os.environ.get(VARIABLE):
                return Held(Credential(Secret(token)), "environment", place_of_token(os.environ), usable)
            return Held(Credential(Secret(token)), "configuration", "the configuration of this server", usable)
        if password := getattr(auth, "password", None):
            return Held(Credential(Secret(password), username=auth.username), "configuration", "the configuration of this server", usable)
        return None

    async def _known_identity(self, credential: Credential, source: CredentialSource) -> TokenIdentity | None:
        if self._identity is not None and self._identity[0] == credential.secret:
            return self._identity[1]
        now = asyncio.get_running_loop().time()
        if now < self._not_asked_before.get(credential.secret, 0.0):
            return None
        self._not_asked_before = {credential.secret: now + _ASK_AGAIN_AFTER}
        try:
            async with asyncio.timeout(_ASK_WITHIN):
                return await self.identify(credential, from_environment=source == "environment")
        except (ComputeError, TimeoutError):
            # Whether it can be used is what the gateway says; this is only for showing whose it is.
            return None

    def _hub_for(self, from_environment: bool) -> HubAddress | None:
        """The hub that may see a token: at the token's own origin, or the one that gave it by the environment."""
        if from_environment:
            with contextlib.suppress(KeyError, BadRequest):
                return HubAddress.parse(os.environ["JUPYTERHUB_API_URL"])
        return self.hub if self.hub is not None and self.hub.origin == self._origin else None

    async def _problems(self) -> str | None:
        provider = self.sign_in.provider
        return " ".join((await provider.lookup()).problems) or None if provider else None


def _expiry_warning(kind: str, expires: datetime | None, token_page: str | None) -> str:
    where = f" Make a new one at {token_page} in time." if token_page else " Replace it in time."
    return f"This {kind} expires on {expires:%d %B %Y at %H:%M} UTC.{where}"

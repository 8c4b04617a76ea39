"""Which credential a gateway is shown, in which order, and what to say when none is accepted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from ..credentials import Credential, CredentialProvider, Found
from ..errors import CredentialNeeded
from ..models import CredentialKind
from .gateway_auth import auth_with

_MOST_ATTEMPTS: Final = 4
"""As many places keep credentials; none is tried twice."""

_NOT_CONFIGURED: Final[dict[CredentialKind | None, str]] = {
    "token": "The gateway wants a JupyterHub token, and none is configured. Set JUPYTERHUB_API_TOKEN, and restart the Jupyter server.",
    "password": "The gateway wants a user and a password, and none are configured. Set them in Dask's configuration (gateway.auth.kwargs).",
    None: "The gateway wants a credential, and none is configured. Set gateway.auth in Dask's configuration.",
}


@dataclass(frozen=True)
class Attempt:
    """One thing to show: what the configuration gives (then without a ``credential``), or what the store has."""

    auth: Any
    credential: Credential | None = None

    def __repr__(self) -> str:
        return "Attempt(…)"


class SignIn:
    """The credentials for one gateway: first the one that is configured, as ``dask_gateway`` has it, then what a person entered.

    Once the configured one has been refused, one that was entered since goes first.

    Parameters
    ----------
    configured
        A ``GatewayAuth``; ``None`` where a credential has to be entered.
    wants
        What can be entered; ``None`` for a way to authenticate that takes nothing of that.
    provider
        The store's credential for this gateway's origin, of the kind that is wanted.
    token_page
        Where a person makes a token.
    """

    def __init__(
        self,
        configured: Any | None,
        wants: CredentialKind | None = None,
        provider: CredentialProvider | None = None,
        token_page: str | None = None,
    ) -> None:
        self.configured = configured
        self.wants = wants
        self.provider = provider if wants is not None else None
        self.token_page = token_page
        self.configured_refused = False

    async def entered(self) -> Found | None:
        """What the store has, whether or not it can be used."""
        if self.provider is None:
            return None
        return (await self.provider.lookup()).found

    async def current(self) -> Any:
        """Something that is equal as long as the same credential is shown first: a session is for one of them only."""
        found = await self.entered()
        usable = found.credential if found is not None and found.usable else None
        return usable if self.configured is None or self.configured_refused else self.configured

    async def attempts(self) -> AsyncIterator[Attempt]:
        """What to show, one after the other; call :meth:`refused` before asking for the next."""
        entered = await self.entered()
        has_entered = entered is not None and entered.usable
        if self.configured is not None and not (self.configured_refused and has_entered):
            yield Attempt(self.configured)
        for _ in range(_MOST_ATTEMPTS):
            entered = await self.entered()
            if entered is None or not entered.usable:
                return
            yield Attempt(await asyncio.to_thread(auth_with, entered.credential), entered.credential)

    def refused(self, attempt: Attempt) -> None:
        """Tell that it was not accepted."""
        if self.provider is not None and attempt.credential is not None:
            self.provider.refused(attempt.credential)
        elif attempt.credential is None:
            self.configured_refused = True

    def accepted(self, attempt: Attempt) -> None:
        """Tell that it was."""
        if attempt.credential is None:
            self.configured_refused = False

    async def needed(self, refusal: CredentialNeeded | None) -> CredentialNeeded:
        """The error for when nothing (more) can be shown.

        Parameters
        ----------
        refusal
            What was said to the last one that was shown.
        """
        if self.wants is None or self.provider is None:
            return CredentialNeeded(refusal.message if refusal else _NOT_CONFIGURED[self.wants])
        what = "token" if self.wants == "token" else "user and password"
        advice = f" Make a new one at {self.token_page}." if self.token_page and self.wants == "token" else ""
        detail = {"token_page": self.token_page}
        found = await self.entered()
        if found is not None and found.credential.has_expired():
            assert found.credential.expires is not None
            ended = f"{found.credential.expires:%d %B %Y at %H:%M} UTC"
            return CredentialNeeded(f"Sign in again: the {what} expired on {ended}.{advice}", detail | {"problem": "expired"})
        if refusal is not None or found is not None:
            why = "it is wrong, has expired, or was revoked" if self.wants == "token" else "one of them is wrong"
            return CredentialNeeded(f"Sign in again: the {what} for this gateway was not accepted; {why}.{advice}", detail | {"problem": "refused"})
        return CredentialNeeded(
            f"Sign in to use this gateway: it wants a {what}.{advice.replace('a new one', 'one')}", detail | {"problem": "missing"}
        )

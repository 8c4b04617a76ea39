"""What a hub says of a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TokenIdentity:
    """Whose a token is, what it may do, and until when.

    Attributes
    ----------
    user
        The name of its user, or of its service.
    scopes
        All that it may do; ``None`` where the hub does not tell, as those before JupyterHub 2.
    expires
        When it ends; ``None`` where that is not known, or never.
    expiry_known
        Whether ``expires`` is what the hub says. A token with few scopes may not ask when it ends.
    """

    user: str
    scopes: frozenset[str] | None
    expires: datetime | None = None
    expiry_known: bool = False

    def lacks(self, needed: Iterable[str]) -> frozenset[str]:
        """Return those of the needed scopes that the token does not have. Where its scopes are not known, it lacks none that we know of."""
        if self.scopes is None:
            return frozenset()
        # A scope without a filter (`access:services`) holds for everything that a filter (`!service=…`) could choose.
        return frozenset(scope for scope in needed if not self.scopes & {scope, scope.partition("!")[0]})

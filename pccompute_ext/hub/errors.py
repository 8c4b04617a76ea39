"""What can be wrong with a hub's token. The hub itself answers the first three with the same bare 403."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from ..errors import CredentialNeeded


class TokenProblem(CredentialNeeded):
    """A token is needed, or another one.

    ``detail`` has ``problem`` (see the subclasses) and ``token_page``, where a new one is made.
    """

    problem: ClassVar[str]

    def __init__(self, message: str, token_page: str, **detail: object) -> None:
        super().__init__(message, {"problem": self.problem, "token_page": token_page, **detail})


class TokenMissing(TokenProblem):
    """No token was given."""

    problem = "missing"

    def __init__(self, token_page: str) -> None:
        super().__init__(f"A token of JupyterHub is needed. Make one at {token_page}.", token_page)


class TokenRefused(TokenProblem):
    """The hub does not know the token: it is wrong, was revoked, or has expired unknown to us."""

    problem = "refused"

    def __init__(self, token_page: str) -> None:
        super().__init__(
            f"JupyterHub does not accept this token: it is not the whole token, was revoked, or has expired. Make a new one at {token_page}.",
            token_page,
        )


class TokenExpired(TokenProblem):
    """The token was good until a time that is over."""

    problem = "expired"

    def __init__(self, token_page: str, expired: datetime) -> None:
        super().__init__(
            f"This token of JupyterHub expired on {expired:%d %B %Y at %H:%M} UTC. Make a new one at {token_page}.",
            token_page,
            expired=expired.isoformat(),
        )


class ScopesMissing(TokenProblem):
    """The token is good, but not for this."""

    problem = "scopes"

    def __init__(self, token_page: str, user: str, missing: Collection[str]) -> None:
        scopes = ", ".join(sorted(missing))
        super().__init__(
            f"This token of {user} is valid, but lacks what it needs for this: {scopes}. Make one at {token_page} that has it; if none has it, "
            "the administrator of the hub has to allow it to you.",
            token_page,
            user=user,
            missing=sorted(missing),
        )

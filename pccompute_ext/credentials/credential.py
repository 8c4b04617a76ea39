"""A credential, and the form in which it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from ..errors import BadRequest
from .origin import Origin
from .secret import Secret

FORMAT: Final = 1

# What may stand in an HTTP header without a change of meaning; hubs make tokens of letters, digits, dashes and underscores.
_TOKEN = re.compile(r"[!-~]{1,4096}")


@dataclass(frozen=True)
class Credential:
    """What one proves with who one is: a token, or, with ``username``, a password.

    Attributes
    ----------
    user
        Whose it is, as its hub said when it was verified.
    expires
        When it ends, where that is known. ``None``: not known, or never.
    """

    secret: Secret
    username: str | None = None
    user: str | None = None
    expires: datetime | None = None

    def has_expired(self) -> bool:
        """Whether it is known to have ended."""
        return self.expires is not None and self.expires <= datetime.now(UTC)


def token_credential(pasted: str) -> Credential:
    """Return the credential for a token as somebody pasted it, with white space around it.

    Raises
    ------
    BadRequest
        It can't be a token.
    """
    token = pasted.strip()
    if not _TOKEN.fullmatch(token):
        raise BadRequest("This can't be a token: it is empty, too long, or holds spaces or other characters that no token has. Copy it once more.")
    return Credential(Secret(token))


class Stored(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A credential as it is kept, together with whom it is for: an entry that was copied elsewhere is of no use there."""

    format: int = FORMAT
    origin: str
    secret: str
    username: str | None = None
    user: str | None = None
    expires: datetime | None = None

    def __repr__(self) -> str:
        return f"Stored(origin={self.origin!r})"


def encode(origin: Origin, credential: Credential) -> bytes:
    """Return what is kept of a credential. It is not encrypted: the key would have to lie beside it."""
    return msgspec.json.encode(
        Stored(
            origin=str(origin),
            secret=credential.secret.reveal(),
            username=credential.username,
            user=credential.user,
            expires=credential.expires,
        )
    )


def decode(origin: Origin, content: bytes) -> Credential | None:
    """Return the credential that was kept, or ``None`` where the content is not one of this version for this origin."""
    try:
        stored = msgspec.json.decode(content, type=Stored)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if stored.format != FORMAT or stored.origin != str(origin) or not stored.secret:
        return None
    return Credential(Secret(stored.secret), username=stored.username, user=stored.user, expires=stored.expires)

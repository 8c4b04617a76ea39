"""What the administrator allows. Enforced here, whatever a browser shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from ..access_models import AuthType, StoreKind
from ..credentials import Origin
from ..errors import BadRequest, ConfirmPlainHttp, Locked, Refused

AUTH_TYPES: Final = (
    AuthType(id="jupyterhub", title="JupyterHub token", credential="token"),
    AuthType(id="basic", title="User and password", credential="password"),
    AuthType(id="none", title="Nothing", credential=None),
    AuthType(id="kerberos", title="Kerberos", credential=None),
)
STORES: Final[tuple[StoreKind, ...]] = ("keyring", "file", "session")

_HOST: Final = re.compile(r"[a-z0-9._:-]+")
_ODD: Final = re.compile(r"[\s\\\x00-\x1f\x7f]")


@dataclass(frozen=True)
class AccessPolicy:
    """The locked settings.

    Attributes
    ----------
    user_gateways
        Whether users may add gateways.
    addresses
        Patterns such as ``https://*.example.com/*`` of the addresses that they may add; ``None`` for any.
    auth_types
        Ids of :data:`AUTH_TYPES`, and paths of classes.
    stores
        Where credentials may be kept.
    """

    user_gateways: bool = True
    addresses: Sequence[str] | None = None
    auth_types: Sequence[str] = tuple(known.id for known in AUTH_TYPES)
    stores: Collection[StoreKind] = STORES

    def offered_types(self) -> list[AuthType]:
        """The ways to authenticate that may be chosen."""
        known = {each.id: each for each in AUTH_TYPES}
        return [known.get(id) or AuthType(id=id, title=id.rpartition(".")[2], credential=None) for id in self.auth_types]

    def check_address(self, address: str) -> None:
        """Raise where a gateway with this address must not be added.

        Raises
        ------
        Locked, Refused
        """
        if not self.user_gateways:
            raise Locked("Gateways can't be added on this server. Its administrator decides which there are.")
        check_url(address)
        if self.addresses is not None and not any(_matches(address, pattern) for pattern in self.addresses):
            allowed = ", ".join(self.addresses) or "none"
            raise Locked(f"The administrator of this server does not allow gateways at this address. Allowed: {allowed}.")

    def check_auth(self, auth: str) -> None:
        """Raise ``Locked`` where a way to authenticate is not offered."""
        if auth not in self.auth_types:
            allowed = ", ".join(self.auth_types) or "none"
            raise Locked(f"This server does not allow this way to authenticate ({auth}). Allowed: {allowed}.")


def check_pattern(pattern: str) -> None:
    """Raise ``ValueError`` for what can't be a pattern of addresses."""
    parts = urlsplit(pattern)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"A pattern of addresses is like https://*.example.com/services/*, not {pattern!r}")


def check_url(address: str) -> None:
    """Raise ``Refused`` for what is not an ``http`` or ``https`` URL, and for one with a credential in it."""
    try:
        host = Origin.of(address).host
    except BadRequest as error:
        raise Refused(error.message) from None
    if not _HOST.fullmatch(host) or _ODD.search(address.strip()):
        # Programs differ in what they make of these, so that what was allowed would not be what is asked.
        raise Refused("The address holds characters that no web address has, such as a backslash or a space.")
    parts = urlsplit(address.strip())
    if parts.username or parts.password or parts.query or parts.fragment:
        raise Refused("The address must not hold a user, a password, or anything after ? or #. The credential is entered by itself, later.")


def check_plain_http(origin: Origin, *, confirmed: bool) -> None:
    """Raise ``ConfirmPlainHttp`` where what is sent there could be read on the way and nobody has been asked."""
    if not origin.is_private and not confirmed:
        raise ConfirmPlainHttp(
            f"The connection to {origin} is not encrypted: a credential that is sent there can be read on the way. "
            "Use https, or confirm that you want this.",
            {"origin": str(origin)},
        )


def _matches(address: str, pattern: str) -> bool:
    """Whether an address is at a pattern's origin and below its path. A wildcard in the host never reaches into the path."""
    wanted, given = urlsplit(pattern), urlsplit(address.strip())
    origin = Origin.of(address)
    host = f"{wanted.hostname or ''}"
    port = wanted.port or {"http": 80, "https": 443}.get(wanted.scheme)
    if wanted.scheme != origin.scheme or port != origin.port or not fnmatchcase(origin.host, host):
        return False
    path = wanted.path.rstrip("/") or "/*"
    found = given.path.rstrip("/") or "/"
    return ".." not in found.split("/") and (fnmatchcase(found, path) or fnmatchcase(found, f"{path}/*"))

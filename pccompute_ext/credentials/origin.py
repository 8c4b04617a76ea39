"""Whom a credential is for: scheme, host and port, as browsers define an origin."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..errors import BadRequest

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Origin:
    """A server that a credential may be sent to. Two spellings of the same origin are equal."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """Return the origin of an ``http`` or ``https`` URL, whatever its path.

        Raises
        ------
        BadRequest
            It is not such a URL.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
            # As a browser does: `HTTPS://Example.COM.:443` and `https://example.com` are one.
            host = (parts.hostname or "").rstrip(".")
            host = host if host.isascii() else host.encode("idna").decode("ascii")
        except ValueError:
            raise BadRequest("This is not a web address. It should look like https://hub.example.com.") from None
        if parts.scheme not in _DEFAULT_PORTS or not host:
            raise BadRequest("An address with http:// or https:// at its start is needed, such as https://hub.example.com.")
        return cls(parts.scheme, host.lower(), _DEFAULT_PORTS[parts.scheme] if port is None else port)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.scheme}://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine, so that nothing sent to it travels."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read what is sent: it is encrypted, or does not leave this machine."""
        return self.scheme == "https" or self.is_loopback

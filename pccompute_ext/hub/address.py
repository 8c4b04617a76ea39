"""Where a JupyterHub is, from whatever address of it a person has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..credentials.origin import Origin

# Below the hub's base these begin its own paths and those of its users and services.
_PARTS = ("hub", "user", "services")


@dataclass(frozen=True)
class HubAddress:
    """A hub's base, and what follows from it.

    Attributes
    ----------
    path
        Of the base, with slashes at both ends.
    """

    origin: Origin
    path: str

    @classmethod
    def parse(cls, text: str) -> HubAddress:
        """Return the address of the hub to which a page belongs: its front page, its token page, its API, a user's server, a service.

        What stands after ``?`` or ``#`` is dropped, and so are a user and a password: there may be a secret in it.

        Raises
        ------
        BadRequest
            It is not a web address.
        """
        url = text.strip()
        url = url if "://" in url else f"https://{url}"
        origin = Origin.of(url)
        base: list[str] = []
        for part in filter(None, urlsplit(url).path.split("/")):
            if part in _PARTS:
                break
            base.append(part)
        return cls(origin, "/".join(["", *base, ""]))

    def __str__(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def api(self) -> str:
        """The REST API's root, without a slash at the end."""
        return f"{self}hub/api"

    @property
    def token_page(self) -> str:
        """Where a person makes and revokes tokens."""
        return f"{self}hub/token"

    def service(self, name: str) -> str:
        """The address of a service of the hub, with a slash at the end."""
        return f"{self}services/{name}/"

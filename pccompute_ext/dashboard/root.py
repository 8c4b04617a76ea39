"""One dashboard: the URLs below its root, and where its redirects lead."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from ..backends.base import DashboardTarget
from ..errors import BackendFailed, BadRequest
from .place import clean_query, normalise

_STRANGE: Final = re.compile(r"[\x00-\x20\x7f\\]")


class Root:
    """Where a cluster's dashboard is.

    Parameters
    ----------
    target
        What the backend says.

    Raises
    ------
    BackendFailed
        That is no plain URL.
    """

    def __init__(self, target: DashboardTarget) -> None:
        self.target = target
        parts = urlsplit(target.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
            raise BackendFailed("The backend does not say properly where this cluster's dashboard is.")
        self._parts = parts
        self.path = parts.path.rstrip("/")
        """Of the root, without a slash at the end."""

    def url(self, path: str, query: str = "", *, websocket: bool = False) -> str:
        """The URL of a page. ``path`` and ``query`` are normalised already."""
        scheme = {"http": "ws", "https": "wss"}[self._parts.scheme] if websocket else self._parts.scheme
        return SplitResult(scheme, self._parts.netloc, f"{self.path}/{path}", query, "").geturl()

    def follow(self, location: str, path: str) -> str:
        """Where a redirect leads: a path, with its query and fragment, below the root.

        A dashboard does not know below which path it is served, so a path without a host is one of its own.

        Parameters
        ----------
        location
            The header.
        path
            Where it came from.

        Raises
        ------
        BackendFailed
            It leaves the dashboard.
        """
        try:
            return self._follow(location, path)
        except (BadRequest, ValueError):
            raise BackendFailed(
                "The cluster's dashboard redirects to another place, which is not followed. "
                "If the cluster is yours, something else answers where its dashboard should be."
            ) from None

    def _follow(self, location: str, path: str) -> str:
        if not location or _STRANGE.search(location):
            raise ValueError("not a URL")
        parts = urlsplit(location)
        foreign = bool(parts.scheme or parts.netloc)
        if foreign:
            parts = urlsplit(urljoin(self.url(path), location))
            if _origin(parts) != _origin(self._parts) or "@" in parts.netloc:
                raise ValueError("another origin")
        else:
            parts = urlsplit(urljoin(f"http://dashboard/{path}", location))
        below = parts.path.removeprefix(f"{self.path}/")
        if foreign and self.path and below == parts.path:
            raise ValueError("another path of the same origin")
        query = f"?{clean_query(parts.query)}" if parts.query else ""
        return normalise(below) + query + (f"#{parts.fragment}" if parts.fragment else "")

    def __repr__(self) -> str:
        return f"<Root at {self._parts.scheme}://{self._parts.netloc}>"


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)

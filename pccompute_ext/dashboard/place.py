"""What a request asks for: whose dashboard, with which ticket, which path of it. Everything odd about a path ends here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote

from ..errors import BadRequest

_REQUEST: Final = re.compile(r"/pccompute/clusters/(?P<id>[^/]+)/dashboard(?P<rest>/.*)?$")
_TICKET: Final = re.compile(r"/~(?P<ticket>[^/]*)(?P<rest>/.*)?$")

_SAFE_IN_PATH: Final = "/%:@!$&'()*+,;=-._~"
_SAFE_IN_QUERY: Final = _SAFE_IN_PATH + "?[]"
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

_MOST_DECODINGS: Final = 4
"""As often is a path decoded to see what it might mean to a server that decodes more than once."""

_JUPYTERS_OWN: Final = {"token", "_xsrf"}
"""Parameters of a query that are credentials of the Jupyter server."""


@dataclass(frozen=True)
class Place:
    """One request's place.

    Attributes
    ----------
    cluster_id
        The public id.
    ticket
        ``None`` where the path holds none.
    rest
        What follows, as it came: to be seen by :func:`normalise` before it is used.
    to_dashboard
        The relative URL from the request to ``…/dashboard/``.
    to_root
        The relative URL from the request to the root of the dashboard's own paths: the same, or with the ticket.
    """

    cluster_id: str
    ticket: str | None = field(repr=False)
    rest: str
    to_dashboard: str
    to_root: str = field(repr=False)


def read_place(path: str) -> Place:
    """Take apart the raw path of a request's URL, as the browser sent it."""
    found = _REQUEST.search(path)
    assert found, "The route lets no other path through."
    rest = found["rest"] or ""
    up = relative_root(rest, "dashboard/")
    with_ticket = _TICKET.match(rest)
    if with_ticket is None:
        return Place(found["id"], None, rest, up, up)
    ticket, inner = with_ticket["ticket"], with_ticket["rest"] or ""
    return Place(found["id"], ticket, inner, up, relative_root(inner, f"~{ticket}/"))


def relative_root(rest: str, own: str) -> str:
    """The relative URL from ``…/own`` plus ``rest`` to ``…/own/``: ``rest`` is empty or begins with a slash."""
    return own if not rest else "../" * (rest.count("/") - 1) or "./"


def normalise(path: str) -> str:
    """A path below the dashboard's root, without a slash at its start, properly quoted, and below it in every reading.

    Raises
    ------
    BadRequest
        It may lead somewhere else: ``..``, also encoded or encoded twice, backslashes, control characters, broken escapes.
    """
    decoded = path
    for _ in range(_MOST_DECODINGS):
        segments = re.split(r"[/\\]", decoded)
        if _BROKEN_ESCAPE.search(path) or _CONTROL.search(decoded) or "\\" in decoded or "." in segments or ".." in segments:
            raise BadRequest("This is not a path of a dashboard.")
        decoded = unquote(decoded)
    quoted = quote(path, safe=_SAFE_IN_PATH)
    # Two slashes in a row mean one; at the start they would mean another host.
    return re.sub(r"/{2,}", "/", quoted).lstrip("/")


def clean_query(query: str) -> str:
    """A query without the credentials that Jupyter takes in a URL."""
    parts = (part for part in query.split("&") if unquote(part.partition("=")[0]).strip() not in _JUPYTERS_OWN)
    return quote("&".join(parts), safe=_SAFE_IN_QUERY)

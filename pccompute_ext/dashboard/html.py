"""Pages, made to work below another path than the one they were made for.

Nearly all URLs in Dask's pages are relative. Two kinds are not as they should be: a page that knows the path of the gateway's proxy, and the pages
under ``info/``, which climb one level too high. (At a scheduler's own port that is the root, so nobody notices; below a path it leads out.)
"""

from __future__ import annotations

import re
from typing import Final

LIMIT: Final = 4 * 2**20
"""Bytes. A larger page is passed on as it is: it is not worth the memory, and Dask's own have some ten kilobytes."""

_CLIMBING: Final = re.compile(rb"""(\b(?:href|src|action)\s*=\s*["']?)((?:\.\./)+)""", re.IGNORECASE)

SHOWN: Final = 8
"""As many characters of a cluster's name may be seen."""


def is_html(content_type: str) -> bool:
    """Whether a body of this type is a page."""
    return content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


def adapt(page: bytes, *, path: str, root: str, url: str, secret: str) -> bytes:
    """A page whose URLs stay below the dashboard's root, and without the cluster's full name.

    Parameters
    ----------
    path
        Of the page, below the root.
    root
        The path of the root at the gateway; nothing where it is the top.
    url
        The URL of the root.
    secret
        The cluster's full name.
    """
    depth = path.count("/")
    to_root = b"../" * depth or b"./"
    if root:
        # First what is longer: the URL ends with the path.
        for known in (url.rstrip("/"), root):
            page = page.replace(known.encode() + b"/", to_root)
    page = _CLIMBING.sub(lambda found: found[1] + b"../" * min(depth, len(found[2]) // 3), page)
    if secret:
        page = page.replace(secret.encode(), secret.rpartition(".")[2][-SHOWN:].encode())
    return page

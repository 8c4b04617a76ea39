"""Which headers pass, in each direction. What is not named does not.

So nothing of Jupyter's reaches the cluster (cookies, ``Authorization``, XSRF tokens, the hub's headers, who the user is), no cookie of the cluster's
is set on Jupyter's origin, and what concerns one connection only (RFC 9110, 7.6.1) ends at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TO_DASHBOARD: Final = ("Accept", "Accept-Language", "If-Modified-Since", "If-None-Match", "If-Range", "Range")

TO_BROWSER: Final = (
    "Accept-Ranges",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "ETag",
    "Expires",
    "Last-Modified",
    "Vary",
)

OF_AN_UNCHANGED_BODY: Final = ("Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Last-Modified")
"""They are wrong for a page that was changed on its way."""

SANDBOX: Final = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""A dashboard's page gets an origin of its own. It may run scripts, open its links to Dask's documentation, and save a plot."""


def request_headers(browser: Mapping[str, str], target: Mapping[str, str], *, page: bool) -> dict[str, str]:
    """What the dashboard is sent.

    Parameters
    ----------
    browser
        The headers of the request.
    target
        What the backend wants to be sent.
    page
        Whether a page is asked for, which may have to be changed and so must not be compressed.
    """
    headers = {name: browser[name] for name in TO_DASHBOARD if name in browser}
    headers["Accept-Encoding"] = "identity" if page else browser.get("Accept-Encoding", "identity")
    headers["User-Agent"] = "pccompute"
    return {**headers, **target}


def response_headers(dashboard: Mapping[str, str]) -> dict[str, str]:
    """What the browser is sent."""
    return {name: dashboard[name] for name in TO_BROWSER if name in dashboard}

"""Way 3: a notebook or a script on another machine."""

from __future__ import annotations

from ..snippet_models import Snippet
from . import clusters
from .opening import Explicit, Opening, SignedIn
from .place import GatewayPlace, Outside
from .python import Source
from .text import quoted
from .variables import TOKEN
from .wanted import Wanted

PASSWORD = "DASK_GATEWAY__AUTH__KWARGS__PASSWORD"  # noqa: S105 -- the name that Dask has for it


def script(place: GatewayPlace, outside: Outside, wanted: Wanted) -> Snippet:
    """Open the gateway by its address, with the credential from the environment, or from where the panel keeps it."""
    source = Source(wanted.names)
    if outside.warning:
        source.comment(outside.warning)
    clusters.use(source, _opening(place, outside, source), wanted)
    return Snippet(
        id="script",
        title="Script or notebook elsewhere",
        description="For Python on another machine than this server: the addresses are in the code, the credential is not.",
        language="python",
        code=source.text(),
        links=[place.hub.token_link] if place.hub else [],
        names=wanted.names.left_behind,
    )


def _opening(place: GatewayPlace, outside: Outside, source: Source) -> Opening:
    kept = place.opening
    if isinstance(kept, SignedIn) and kept.credential.kept != "asked":
        return kept
    if outside.auth == "jupyterhub":
        where = f" from {quoted(place.hub.token_page)}" if place.hub else ""
        source.comment(f"The token{where} is taken from", f"the environment variable {TOKEN}.")
    if outside.auth == "basic":
        source.comment(f"The password is taken from the environment variable {PASSWORD}.")
        return Explicit(outside.address, outside.proxy_address, "basic", {"username": outside.username or "{USER}", "password": f"{{{PASSWORD}}}"})
    return Explicit(outside.address, outside.proxy_address, "basic" if outside.auth == "none" else outside.auth)

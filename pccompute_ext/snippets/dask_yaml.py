"""Way 4 again: the same as a file of Dask's configuration."""

from __future__ import annotations

from ..snippet_models import Snippet
from .place import GatewayPlace, Outside
from .text import double_quoted
from .variables import TOKEN, auth_type, template


def dask_yaml(place: GatewayPlace, outside: Outside, image: str | None) -> Snippet:
    """Configure Dask for a gateway; a token is left to the environment."""
    lines = ["# Save it in ~/.config/dask/, from where Dask reads it at each start."]
    if outside.warning:
        lines.append(f"# {outside.warning}")
    lines += [
        "gateway:",
        f"  address: {_value(outside.address)}",
        f"  proxy-address: {_value(outside.proxy_address)}",
        "  auth:",
        f"    type: {auth_type(outside)}",
    ]
    if outside.auth == "jupyterhub":
        lines.append(f"    # The token is taken from the environment variable {TOKEN}.")
    if image:
        lines += ["  cluster:", "    options:", f"      image: {_value(image)}"]
    return Snippet(
        id="dask-yaml",
        title="Dask configuration file",
        description="Makes this gateway the usual one on another machine, for every Python there.",
        language="yaml",
        code="\n".join(lines) + "\n",
        filename="gateway.yaml",
        links=[place.hub.token_link] if place.hub else [],
    )


def _value(text: str) -> str:
    return double_quoted(template(text))

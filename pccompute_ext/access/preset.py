"""What a hub like the Planetary Computer's mostly has where."""

from __future__ import annotations

from typing import Final

from ..access_models import Preset
from ..credentials import Origin
from ..errors import BadRequest, Refused
from ..hub import HubAddress

SERVICE: Final = "dask-gateway"
"""The name that the gateway mostly has as a service of its hub."""

SCOPE: Final = f"access:services!service={SERVICE}"
"""The one scope that a token needs for it."""


def preset(hub: str) -> Preset:
    """Work out a gateway's addresses from the address of any page of its hub.

    Raises
    ------
    Refused
        It is not a web address.
    """
    try:
        address = HubAddress.parse(hub)
    except BadRequest as error:
        raise Refused(error.message) from None
    return Preset(
        label=address.origin.host[:80],
        hub=str(address),
        address=address.service(SERVICE),
        proxy_address=proxy_address(address.origin),
        auth="jupyterhub",
        token_page=address.token_page,
        scopes=[SCOPE],
    )


def proxy_address(origin: Origin) -> str:
    """Where a gateway's schedulers are reached unless somebody says otherwise: at the same host and port."""
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    return f"gateway://{host}:{origin.port}"

"""A gateway as code has to know it: from kernels beside this server, and from elsewhere."""

from __future__ import annotations

import asyncio
import ipaddress
import os
from collections.abc import Mapping
from typing import Any, Final, Literal
from urllib.parse import quote, urljoin, urlsplit

from ..snippets.opening import Configured, Explicit, Opening, SignedIn
from ..snippets.place import GatewayPlace, Hub, Outside
from .azureml import compute_instance
from .dask_config import filled, gateway_config
from .gateway_connection import Connected
from .gateway_credential import public_hub, service_scope
from .gateway_settings import GatewaySettings, default_options, without_credential

_INSIDE_ENDINGS: Final = (".local", ".internal", ".svc")

_Auth = Literal["jupyterhub", "basic", "kerberos", "none"]


async def gateway_place(settings: GatewaySettings, connected: Connected, origin: str | None) -> GatewayPlace:
    """Tell what code has to know.

    Parameters
    ----------
    origin
        See :class:`~pccompute_ext.snippets.wanted.Wanted`.

    Raises
    ------
    Unavailable
        The configuration can't be used.
    """
    credential = connected.credential
    if credential is not None:
        await credential.held()
    config = await asyncio.to_thread(gateway_config)
    image = (await default_options(settings.image)).get("image")
    address = _public_address(settings, config, without_credential(connected.endpoint.address), origin)
    outside = _outside(settings, config, connected, address)
    hub = None
    if outside is not None and outside.auth == "jupyterhub":
        user = (credential.known_user if credential else None) or (None if settings.entered else os.environ.get("JUPYTERHUB_USER"))
        hub = _hub(settings, address, user)
    return GatewayPlace(
        _opening(settings, connected),
        outside,
        hub,
        image=image if isinstance(image, str) and image else None,
        compute_instance=await asyncio.to_thread(compute_instance),
    )


def _opening(settings: GatewaySettings, connected: Connected) -> Opening:
    address, proxy_address = without_credential(connected.endpoint.address), connected.endpoint.proxy_address
    kept = connected.credential.for_kernels(entered=settings.entered) if connected.credential else None
    if kept is not None:
        return SignedIn(address, proxy_address, kept)
    if settings.from_dask_config:
        return Configured()
    return Explicit(address, proxy_address, settings.auth, settings.auth_kwargs)


def _outside(settings: GatewaySettings, config: Mapping[str, Any], connected: Connected, address: str) -> Outside | None:
    kind = settings.auth or (config.get("auth") or {}).get("type")
    auth, username = _auth(kind, connected)
    if auth is None:
        # Only its own code knows what a class of somebody's own needs.
        return None
    proxy_address = connected.endpoint.proxy_address
    host = urlsplit(proxy_address).hostname or ""
    inside = is_inside(host) or (_on_hub(settings) and not _are_neighbours(host, urlsplit(address).hostname or ""))
    return Outside(address, proxy_address, auth, inside, username)


def _on_hub(settings: GatewaySettings) -> bool:
    """Whether a gateway's addresses are those from inside of a hub."""
    return not settings.entered and "JUPYTERHUB_SERVICE_PREFIX" in os.environ


def _are_neighbours(one: str, other: str) -> bool:
    """Whether two hosts are of one domain, so that one is as public as the other."""
    return one.split(".")[-2:] == other.split(".")[-2:]


def _auth(kind: Any, connected: Connected) -> tuple[_Auth | None, str | None]:
    if kind == "jupyterhub":
        return "jupyterhub", None
    if kind == "kerberos":
        return "kerberos", None
    if kind != "basic":
        return None, None
    configured = connected.endpoint.auth
    if configured is not None:
        return ("basic", configured.username) if configured.password else ("none", None)
    held = connected.credential.last_held if connected.credential else None
    return "basic", held.credential.username if held else None


def _public_address(settings: GatewaySettings, config: Mapping[str, Any], address: str, origin: str | None) -> str:
    """The gateway's address for other machines, as far as it is known here."""
    base = os.environ.get("JUPYTERHUB_PUBLIC_HUB_URL") or origin if _on_hub(settings) else None
    public = filled(settings.public_address or (config.get("public-address") if settings.address is None else None))
    if public:
        return without_credential(urljoin(base, public) if base else public if "://" in public else address)
    parts = urlsplit(address)
    if base and is_inside(parts.hostname or "") and "/services/" in parts.path:
        return urljoin(base, parts.path)
    return address


def is_inside(host: str) -> bool:
    """Whether a host looks like one that only machines beside it can reach. This machine itself does not count as one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host != "localhost" and ("." not in host or host.endswith(_INSIDE_ENDINGS))
    return address.is_private and not address.is_loopback


def _hub(settings: GatewaySettings, address: str, user: str | None) -> Hub | None:
    hub = public_hub(settings, address)
    if hub is None:
        return None
    server = None
    prefix = None if settings.entered else os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
    if prefix:
        server = f"{hub.origin}{prefix}"
    elif user:
        server = f"{hub}user/{quote(user, safe='@')}/"
    return Hub(url=str(hub), token_page=hub.token_page, scope=service_scope(address), user=user, server_url=server)

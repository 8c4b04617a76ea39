"""Where a Dask Gateway is and how to prove who we are there, resolved as ``dask_gateway.Gateway`` itself would."""

from __future__ import annotations

import asyncio
import importlib
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from ..errors import Unavailable
from ..models import CredentialKind
from .dask_config import explain, filled, gateway_config
from .gateway_auth import make_auth

OPTIONS: Final = "/api/v1/options"
"""The path at a gateway that costs least and wants a credential: its health check wants none."""


@dataclass(frozen=True)
class GatewaySettings:
    """What a deployment says of a gateway. ``None`` means: as Dask's configuration says.

    Strings may hold templates like ``{JUPYTERHUB_USER}``, filled from the environment, as in Dask Gateway's own configuration.

    Attributes
    ----------
    address
        URL of the gateway.
    proxy_address
        Where schedulers are reached: a ``gateway://`` address, or a port at the host of ``address``. Without it, and with an ``address``, the same
        host and port.
    public_address
        URL of the gateway for browsers.
    auth
        ``basic``, ``jupyterhub``, ``kerberos``, or the path of a class.
    auth_kwargs
        Arguments of that class. Without ``auth`` they belong to the type that Dask's configuration names.
    entered
        Whether a person set this up, who enters the credential too: none is taken from Dask's configuration.
    hub
        URL of the JupyterHub that knows the tokens; without it, as ``address`` tells.
    plain_http
        Whether the person who set it up was asked, and what is sent may be read on the way.
    image
        The image of new clusters, unless another is chosen; without it, as Dask's configuration says.
    """

    address: str | None = None
    proxy_address: str | int | None = None
    public_address: str | None = None
    auth: str | None = None
    auth_kwargs: Mapping[str, Any] = field(default_factory=dict, repr=False)
    entered: bool = False
    hub: str | None = None
    plain_http: bool = False
    image: str | None = None

    @property
    def from_dask_config(self) -> bool:
        """Whether all of it is left to Dask's configuration."""
        return self == GatewaySettings()


@dataclass(frozen=True)
class Endpoint:
    """A resolved gateway.

    Attributes
    ----------
    address
        URL without a slash at its end.
    proxy_address
        ``gateway://host:port``.
    auth
        A ``dask_gateway.auth.GatewayAuth``. It holds the credential. ``None`` where that has to be entered.
    proxy
        URL of the HTTP proxy on the way there. It may hold a password.
    wants
        What could be entered; ``None`` where the way to authenticate takes nothing of that.
    """

    address: str = field(repr=False)
    proxy_address: str
    auth: Any = field(repr=False)
    proxy: str | None = field(repr=False)
    wants: CredentialKind | None = None


async def configured_address() -> str | None:
    """The address of the gateway that Dask's configuration names, for people: without user or password. ``None`` where it names none."""
    config = await asyncio.to_thread(gateway_config)
    address = config.get("address")
    return without_credential(filled(address)) if address else None


async def default_options(image: str | None = None) -> dict[str, Any]:
    """``gateway.cluster.options`` of Dask's configuration, with templates filled, and with another image where one is given."""
    config = await asyncio.to_thread(gateway_config)
    options = {name: filled(value) for name, value in ((config.get("cluster") or {}).get("options") or {}).items()}
    return options if image is None else {**options, "image": image}


async def resolve(settings: GatewaySettings) -> Endpoint:
    """Find out where the gateway is and make its authentication object.

    Raises
    ------
    Unavailable
        The configuration can't be used; the message says why.
    """
    # Imports dask and distributed, and perhaps a deployment's own class: not on the event loop.
    auth, wants = await asyncio.to_thread(make_auth, settings)
    dask_gateway = importlib.import_module("dask_gateway")
    address = filled(settings.address)
    proxy_address = filled(settings.proxy_address)
    try:
        if address is not None and proxy_address is None:
            # Dask's configuration may name the proxy of another gateway.
            proxy_address = _own_port(address)
        gateway = dask_gateway.Gateway(
            address=address,
            proxy_address=proxy_address,
            public_address=filled(settings.public_address),
            auth=auth or dask_gateway.BasicAuth("", ""),
            asynchronous=True,
        )
        _check(gateway.address)
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"The address of the gateway can't be used: {explain(error)}. Check Dask's configuration (gateway.address).") from None
    return Endpoint(address=gateway.address, proxy_address=gateway.proxy_address, auth=auth, proxy=_http_proxy(gateway.address), wants=wants)


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("it must be like https://host/path")


def without_credential(address: str) -> str:
    """A URL without user and password."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _own_port(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme, 8786)


def _http_proxy(address: str) -> str | None:
    setting = filled((gateway_config().get("http-client") or {}).get("proxy"))
    if isinstance(setting, str):
        return setting
    parts = urlsplit(address)
    if setting is not True or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)

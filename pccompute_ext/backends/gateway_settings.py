"""Where a Dask Gateway is and how to prove who we are there, resolved as ``dask_gateway.Gateway`` itself would."""

from __future__ import annotations

import asyncio
import importlib
import os
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ..errors import ComputeError, CredentialNeeded, Unavailable


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
    """

    address: str | None = None
    proxy_address: str | int | None = None
    public_address: str | None = None
    auth: str | None = None
    auth_kwargs: Mapping[str, Any] = field(default_factory=dict, repr=False)

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
        A ``dask_gateway.auth.GatewayAuth``. It holds the credential.
    proxy
        URL of the HTTP proxy on the way there. It may hold a password.
    """

    address: str = field(repr=False)
    proxy_address: str
    auth: Any = field(repr=False)
    proxy: str | None = field(repr=False)


async def configured_address() -> str | None:
    """The address of the gateway that Dask's configuration names, for people: without user or password. ``None`` where it names none."""
    config = await asyncio.to_thread(_gateway_config)
    address = config.get("address")
    return without_credential(_fill(address)) if address else None


async def default_options() -> dict[str, Any]:
    """``gateway.cluster.options`` of Dask's configuration, with templates filled."""
    config = await asyncio.to_thread(_gateway_config)
    return {name: _fill(value) for name, value in ((config.get("cluster") or {}).get("options") or {}).items()}


async def resolve(settings: GatewaySettings) -> Endpoint:
    """Find out where the gateway is and make its authentication object.

    Raises
    ------
    Unavailable
        The configuration can't be used; the message says why.
    CredentialNeeded
        It names a credential that is not there.
    """
    # Imports dask and distributed, and perhaps a deployment's own class: not on the event loop.
    auth = await asyncio.to_thread(_make_auth, settings)
    dask_gateway = importlib.import_module("dask_gateway")
    address = _fill(settings.address)
    proxy_address = _fill(settings.proxy_address)
    try:
        if address is not None and proxy_address is None:
            # Dask's configuration may name the proxy of another gateway.
            proxy_address = _own_port(address)
        gateway = dask_gateway.Gateway(
            address=address,
            proxy_address=proxy_address,
            public_address=_fill(settings.public_address),
            auth=auth,
            asynchronous=True,
        )
        _check(gateway.address)
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"The address of the gateway can't be used: {_explain(error)}. Check Dask's configuration (gateway.address).") from None
    return Endpoint(address=gateway.address, proxy_address=gateway.proxy_address, auth=auth, proxy=_http_proxy(gateway.address))


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("it must be like https://host/path")


def without_credential(address: str) -> str:
    """A URL without user and password."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _make_auth(settings: GatewaySettings) -> Any:
    try:
        dask_gateway_auth = importlib.import_module("dask_gateway.auth")
        if settings.auth is None and not settings.auth_kwargs:
            return dask_gateway_auth.get_auth()
        kind = settings.auth or (_gateway_config().get("auth") or {}).get("type")
        arguments = {name: _fill(value) for name, value in settings.auth_kwargs.items()}
        return _auth_class(kind)(**arguments)
    except ComputeError:
        raise
    except ValueError as error:
        # What dask_gateway's JupyterHubAuth raises without a token; it tells which variable to set, and never the token.
        raise CredentialNeeded(f"There is no credential for this gateway: {_explain(error)}.") from None
    except Exception as error:
        raise Unavailable(f"The authentication for this gateway can't be set up: {_explain(error)}.") from None


def _auth_class(kind: Any) -> Any:
    module = importlib.import_module("dask_gateway.auth")
    known = {"basic": module.BasicAuth, "jupyterhub": module.JupyterHubAuth, "kerberos": module.KerberosAuth}
    if kind in known:
        return known[kind]
    package, _, name = str(kind).rpartition(".")
    found = getattr(importlib.import_module(package), name) if package else None
    if not (isinstance(found, type) and issubclass(found, module.GatewayAuth)):
        raise Unavailable(
            f"{kind!r} is no way to authenticate at a Dask Gateway: it must be basic, jupyterhub, kerberos or the path of a GatewayAuth class."
        )
    return found


def _gateway_config() -> dict[str, Any]:
    importlib.import_module("dask_gateway")  # brings the defaults of its keys
    config: dict[str, Any] = importlib.import_module("dask.config").get("gateway", {})
    return config


def _fill(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return value.format(**os.environ)
    except (KeyError, IndexError) as error:
        raise Unavailable(f"The gateway's configuration refers to the environment variable {error}, which is not set.") from None
    except ValueError:
        raise Unavailable("The gateway's configuration holds a template that can't be read: braces that don't match.") from None


def _own_port(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme, 8786)


def _http_proxy(address: str) -> str | None:
    setting = _fill((_gateway_config().get("http-client") or {}).get("proxy"))
    if isinstance(setting, str):
        return setting
    parts = urlsplit(address)
    if setting is not True or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)


def _explain(error: Exception) -> str:
    """What an error says, unless it may quote a value: only its kind then."""
    text = str(error).strip().rstrip(".")
    return text if isinstance(error, (ImportError, ValueError)) and text else type(error).__name__

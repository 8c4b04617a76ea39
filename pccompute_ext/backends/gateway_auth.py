"""The object with which ``dask_gateway`` authenticates, as Dask's configuration or an operator sets it up, or with a credential from the store."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ..errors import ComputeError, Unavailable
from ..models import CredentialKind
from .calm_import import calmly_imported
from .dask_config import explain, filled, gateway_config

if TYPE_CHECKING:
    from ..credentials import Credential
    from .gateway_settings import GatewaySettings


def make_auth(settings: GatewaySettings) -> tuple[Any | None, CredentialKind | None]:
    """Make a gateway's ``GatewayAuth``, as ``dask_gateway.Gateway`` would. Imports Dask: not for the event loop.

    Returns
    -------
    auth
        ``None`` where a credential has to be entered, since none is configured.
    kind
        What could be entered; ``None`` where the way to authenticate takes nothing of that.

    Raises
    ------
    Unavailable
        The configuration can't be used; the message says why.
    """
    wants: CredentialKind | None = None
    try:
        cls = _auth_class(settings.auth or (gateway_config().get("auth") or {}).get("type"))
        wants = _wants(cls)
        if settings.entered and wants is not None:
            return None, wants
        if settings.auth is None and not settings.auth_kwargs:
            return importlib.import_module("dask_gateway.auth").get_auth(), wants
        return cls(**{name: filled(value) for name, value in settings.auth_kwargs.items()}), wants
    except ComputeError:
        raise
    except ValueError as error:
        if wants == "token":
            # What dask_gateway's JupyterHubAuth raises without a token.
            return None, wants
        raise Unavailable(f"The authentication for this gateway can't be set up: {explain(error)}.") from None
    except Exception as error:
        raise Unavailable(f"The authentication for this gateway can't be set up: {explain(error)}.") from None


def auth_with(credential: Credential) -> Any:
    """The ``GatewayAuth`` that shows a credential."""
    module = importlib.import_module("dask_gateway.auth")
    secret = credential.secret.reveal()
    if credential.username is None:
        return module.JupyterHubAuth(api_token=secret)
    return module.BasicAuth(username=credential.username, password=secret)


def _wants(cls: Any) -> CredentialKind | None:
    module = importlib.import_module("dask_gateway.auth")
    if cls is module.JupyterHubAuth:
        return "token"
    return "password" if cls is module.BasicAuth else None


def _auth_class(kind: Any) -> Any:
    module = calmly_imported("dask_gateway.auth")
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

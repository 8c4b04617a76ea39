"""Dask's configuration of gateways, read as ``dask_gateway`` reads it. Not for the event loop: it imports Dask."""

from __future__ import annotations

import importlib
import os
from typing import Any

from ..errors import Unavailable
from .calm_import import calmly_imported


def gateway_config() -> dict[str, Any]:
    """The section ``gateway``, with the defaults of its keys."""
    calmly_imported("dask_gateway")  # brings the defaults
    config: dict[str, Any] = importlib.import_module("dask.config").get("gateway", {})
    return config


def filled(value: Any) -> Any:
    """Fill templates like ``{JUPYTERHUB_USER}`` from the environment.

    Raises
    ------
    Unavailable
        A variable is not set, or the template can't be read.
    """
    if not isinstance(value, str):
        return value
    try:
        return value.format(**os.environ)
    except (KeyError, IndexError) as error:
        raise Unavailable(f"The gateway's configuration refers to the environment variable {error}, which is not set.") from None
    except ValueError:
        raise Unavailable("The gateway's configuration holds a template that can't be read: braces that don't match.") from None


def explain(error: Exception) -> str:
    """What an error says, unless it may quote a value: only its kind then."""
    text = str(error).strip().rstrip(".")
    return text if isinstance(error, (ImportError, ValueError)) and text else type(error).__name__

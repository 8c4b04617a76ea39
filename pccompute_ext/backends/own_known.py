"""The classes of which more is known here than their signature tells. Imports none of them, and nothing that they need."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from ..azure import form as azure
from .own_entry import OwnEntry


@dataclass(frozen=True)
class KnownClass:
    """One of them.

    Attributes
    ----------
    form
        Its parameters: JSON Schemas by name.
    answers
        The module that answers questions about it, as :mod:`pccompute_ext.azure.answers` does.
    section, configured
        Where in Dask's configuration the class looks for what it is not given: a section, and in there a key by parameter.
    region
        The parameter that says in which region the cluster runs.
    """

    form: Mapping[str, Mapping[str, Any]]
    answers: str
    section: str
    configured: Mapping[str, str]
    region: str


_AZURE: Final = KnownClass(azure.FORM, "pccompute_ext.azure.answers", "cloudprovider.azure", azure.CONFIGURED, "location")

KNOWN: Final[Mapping[str, KnownClass]] = {azure.CLASS: _AZURE, azure.INNER_CLASS: _AZURE}
"""By the path of the class."""


def with_configured(entry: OwnEntry) -> OwnEntry:
    """Return an entry whose form begins with what Dask's configuration says. Imports Dask: not for the event loop."""
    known = KNOWN.get(entry.class_path)
    if known is None:
        return entry
    get = importlib.import_module("dask.config").get
    configured = {name: get(f"{known.section}.{key}", None) for name, key in known.configured.items()}
    defaults = {name: value for name, value in configured.items() if value is not None} | entry.defaults
    return msgspec.structs.replace(entry, defaults=defaults)

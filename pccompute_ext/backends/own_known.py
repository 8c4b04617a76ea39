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
    never
        Parameters that nobody may set, with the reason.
    """

    form: Mapping[str, Mapping[str, Any]]
    answers: str
    section: str
    configured: Mapping[str, str]
    region: str
    never: Mapping[str, str]


_AZURE: Final = KnownClass(azure.FORM, "pccompute_ext.azure.answers", "cloudprovider.azure", azure.CONFIGURED, "location", azure.NEVER)

KNOWN: Final[Mapping[str, KnownClass]] = dict.fromkeys(azure.CLASSES, _AZURE)
"""By the path of the class."""


def check_entry(entry: OwnEntry) -> None:
    """Raise ``ValueError`` for what nobody could or may use, as far as that is known without a look at the class."""
    ids = [preset.id for preset in entry.presets]
    if len(set(ids)) < len(ids):
        raise ValueError(f"The presets of {entry.id!r} need ids of their own")
    known = KNOWN.get(entry.class_path)
    for name, reason in known.never.items() if known is not None else ():
        if name in {**entry.defaults, **(entry.form or {})}:
            raise ValueError(f"{name!r} can't be set for {entry.id!r}: {reason}")
    form: Mapping[str, Any] | None = entry.form if entry.form is not None or known is None else known.form
    for preset in entry.presets:
        if form is not None and (unknown := sorted(set(preset.options) - set(form))):
            raise ValueError(f"The preset {preset.id!r} of {entry.id!r} has values for {unknown}, which the form does not have")


def with_configured(entry: OwnEntry) -> OwnEntry:
    """Return an entry whose form begins with what Dask's configuration says. Imports Dask: not for the event loop."""
    known = KNOWN.get(entry.class_path)
    if known is None:
        return entry
    get = importlib.import_module("dask.config").get
    configured = {name: get(f"{known.section}.{key}", None) for name, key in known.configured.items()}
    defaults = {name: value for name, value in configured.items() if value is not None} | entry.defaults
    return msgspec.structs.replace(entry, defaults=defaults)

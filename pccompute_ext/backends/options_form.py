"""From Dask Gateway's description of its cluster options to a JSON Schema that a form can be made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import BackendFailed
from ..models import OptionsForm

_TYPES = {"string": "string", "bool": "boolean", "int": "integer", "float": "number", "select": "string", "mapping": "object"}


def options_form(fields: Sequence[Mapping[str, Any]], defaults: Mapping[str, Any], limit: int | None) -> OptionsForm:
    """The form for a gateway's cluster options.

    Parameters
    ----------
    fields
        Dask Gateway's specification: for each option ``field``, ``label``, ``default`` and ``spec`` (``type``, and ``min``, ``max`` or ``options``).
    defaults
        Values that Dask's configuration has for options. One that the gateway does not know is left out, one that it would refuse is kept and so
        seen in the form.
    limit
        The most workers of a cluster, where known.

    Raises
    ------
    BackendFailed
        The specification can't be understood.
    """
    try:
        values = {field["field"]: defaults.get(field["field"], field["default"]) for field in fields}
        properties = {field["field"]: _property(field, values[field["field"]]) for field in fields}
    except (KeyError, TypeError, AttributeError):
        raise BackendFailed("The gateway's description of its options can't be read. It may be of a version that is not supported.") from None
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return OptionsForm(schema=schema, defaults=values, limit=limit)


def _property(field: Mapping[str, Any], default: Any) -> dict[str, Any]:
    spec = field["spec"]
    # A kind of option that is newer than this code can still be sent as text or JSON: no type is claimed for it.
    described: dict[str, Any] = {"title": field["label"] or field["field"], "default": default}
    if spec["type"] in _TYPES:
        described["type"] = _TYPES[spec["type"]]
    for ours, theirs in (("minimum", "min"), ("maximum", "max"), ("enum", "options")):
        if spec.get(theirs) is not None:
            described[ours] = spec[theirs]
    if spec["type"] == "mapping":
        # The usual mapping is the workers' environment, whose values are text. The gateway decides on others.
        described["additionalProperties"] = {"type": "string"}
    return described

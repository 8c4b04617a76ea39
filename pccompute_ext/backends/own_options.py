"""Checking what a user chose against an entry's form, and making arguments for its class of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..errors import Refused

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


def checked(properties: Mapping[str, Mapping[str, Any]], defaults: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return all options with their values.

    Raises
    ------
    Refused
        One is unknown, or does not fit. In the words in which Dask Gateway says the same.
    """
    if unknown := sorted(set(options) - set(properties)):
        raise Refused(f"Unknown fields {unknown}")
    values = {**defaults, **options}
    for name, value in values.items():
        _check(name, value, properties[name])
    return values


def _check(name: str, value: Any, schema: Mapping[str, Any]) -> None:
    kind = str(schema.get("type"))
    if kind in _KINDS and (not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        raise Refused(f"{name} must be of type {kind}, got {value!r}")
    if kind == "string" and len(value) < schema.get("minLength", 0):
        raise Refused(f"{schema.get('title', name)} must be given")
    if "enum" in schema and value not in schema["enum"]:
        raise Refused(f"{name} must be one of {schema['enum']}, got {value!r}")
    if schema.get("minimum") is not None and value < schema["minimum"]:
        raise Refused(f"{name} must be >= {schema['minimum']}, got {value!r}")
    if schema.get("maximum") is not None and value > schema["maximum"]:
        raise Refused(f"{name} must be <= {schema['maximum']}, got {value!r}")
    if kind == "object" and isinstance(inner := schema.get("additionalProperties"), Mapping):
        for key, each in value.items():
            _check(f"{name}[{key!r}]", each, inner)


def arguments_of(
    properties: Mapping[str, Mapping[str, Any]], fixed: Mapping[str, Any], values: Mapping[str, Any], *, derived: bool
) -> dict[str, Any]:
    """Return the arguments for the class.

    Parameters
    ----------
    fixed
        Those that are always passed.
    derived
        Whether the form was made from the class. What is as the class itself has it is not passed then: an empty text may stand for ``None``.
    """
    chosen = {name: value for name, value in values.items() if not (derived and value == properties[name].get("default"))}
    return {**fixed, **chosen}

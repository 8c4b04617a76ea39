"""The form for a class of cluster, from its signature and its documentation; a program, since the class is not imported in the Jupyter server.

``python -m pccompute_ext.supervisor.form <class path>`` writes one line of JSON: ``{"properties": {name: JSON Schema}}`` or ``{"error": words}``.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from .loading import imported
from .root_cause import root_cause

_OURS: Final = {"self", "asynchronous", "loop", "security", "quiet", "shutdown_on_close", "start", "ip", "name"}
"""What the supervisor decides on, or what no form can give."""

_TYPES: Final = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (dict, "object"))

_WORDS: Final = {
    "string": {"str", "string"},
    "integer": {"int", "integer"},
    "number": {"float", "number"},
    "boolean": {"bool", "boolean"},
    "object": {"dict", "mapping"},
}
"""By which words a kind is known, the first that fits: what may be text may be typed as it is."""

_LONGEST: Final = 300


def properties_of(made: Any) -> dict[str, dict[str, Any]]:
    """Describe what the class, or a function that makes a cluster, takes: JSON Schemas by name.

    The ``default`` of each is the class's own, or an empty text for ``None``. Parameters of which nothing tells that they are text, a number, a yes
    or no, or a mapping of texts are left out.
    """
    described: dict[str, dict[str, Any]] = {}
    documented = {name: (kind, text) for name, kind, text in _documented(made)}
    for parameter in _parameters(made):
        name = parameter.name
        kind_text, text = documented.get(name, ("", ""))
        kind = _kind(parameter, kind_text)
        if name in described or name in _OURS or name.startswith("_") or kind is None:
            continue
        described[name] = {"title": name.replace("_", " ").capitalize(), **_values(kind, parameter.default)}
        if text:
            described[name]["description"] = text
    return described


def _values(kind: str, default: Any) -> dict[str, Any]:
    if kind == "object":
        return {"type": kind, "additionalProperties": {"type": "string"}, "default": default or {}}
    if default not in (None, inspect.Parameter.empty):
        return {"type": kind, "default": default}
    # What may be left out has no type, unless it is text: then an empty text says so, and a number is a number all the same.
    return {"type": kind, "default": ""} if kind == "string" else {"default": ""}


def _parameters(made: Any) -> Iterator[inspect.Parameter]:
    """Those of the class, and of its bases as long as each hands on what it does not know.

    What Dask's own bases take is for classes, not for people.
    """
    functions = [made]
    if inspect.isclass(made):
        bases = [cls for cls in made.__mro__ if cls is made or not cls.__module__.startswith("distributed.")]
        functions = [vars(cls)["__init__"] for cls in bases if "__init__" in vars(cls)]
    for function in functions:
        parameters = list(inspect.signature(function).parameters.values())
        yield from (one for one in parameters if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY))
        if not any(one.kind is one.VAR_KEYWORD and one.name == "kwargs" for one in parameters):
            return


def _kind(parameter: inspect.Parameter, documented: str) -> str | None:
    default = parameter.default
    if default not in (None, parameter.empty):
        return next((name for kind, name in _TYPES if type(default) is kind), None)
    # Annotations may be text or classes.
    told = documented if parameter.annotation is parameter.empty else str(parameter.annotation)
    words = set(re.findall(r"\w+", told.partition("default")[0].lower()))
    return next((name for name, said in _WORDS.items() if words & said), None)


def _documented(made: Any) -> Iterator[tuple[str, str, str]]:
    """Names, kinds and descriptions in the form of numpydoc, of the class and its bases; the nearest comes last and so wins."""
    for cls in reversed(getattr(made, "__mro__", (made,))):
        text = inspect.cleandoc(cls.__doc__ or "")
        for names, kind, block in re.findall(r"^([\w, ]+) ?:([^\n]*)\n((?:(?: +[^\n]*)?\n)+)", f"{text}\n", re.MULTILINE):
            first = re.sub(r"\s+", " ", block.strip().split("\n\n")[0]).strip()
            yield from ((name.strip(), kind.strip(), first[:_LONGEST]) for name in names.split(","))


def main() -> None:
    """Run the program."""
    answer: dict[str, Any]
    try:
        answer = {"properties": properties_of(imported(sys.argv[1]))}
    except Exception as error:
        answer = {"error": root_cause(error)}
    with suppress(OSError):
        sys.stdout.write(f"\n{json.dumps(answer, default=str)}\n")


if __name__ == "__main__":
    main()

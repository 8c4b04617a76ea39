"""A Sphinx extension: parts of the pages that are made from the code, so that they can't say anything else.

They replace what stands between ``<!-- generated: NAME -->`` and ``<!-- end -->`` when the pages are built.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from traitlets import DefaultHandler

from pccompute_ext import errors, openapi
from pccompute_ext.app import ComputeApp
from pccompute_ext.handlers.base import CODE_OF, STATUS_OF

SOURCE = Path(__file__).parents[1] / "src"
TEXT = re.compile(r"trans\.__\(\s*'([^']*)'\s*\)")
ADDED = re.compile(r"addCommand\(CommandIDs\.(?P<id>\w+),\s*(?:(?:\{\s*\.\.\.)?(?P<given>\w+))?")
PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings() -> Iterator[str]:
    """Every trait of the server extension, with its type, default and help."""
    found_out = {handler.trait_name for handler in vars(ComputeApp).values() if isinstance(handler, DefaultHandler)}
    for name, trait in sorted(ComputeApp.class_own_traits(config=True).items()):
        yield f"### `{name}`"
        default = "" if name in found_out else f", by default `{trait.default_value_repr()}`"
        yield f"{type(trait).__name__}{default}"
        yield inspect.cleandoc(trait.help)


def endpoints() -> Iterator[str]:
    """Every verb and path, with what it takes and gives."""
    rows = []
    for path, item in openapi.document()["paths"].items():
        for verb, described in item.items():
            if verb != "parameters":
                rows.append(f"| `{verb.upper()} {path}` | {described['summary']} | {_taken(described)} | {_given(described)} |")
    yield "\n".join(["| verb and path | what it does | takes | gives |", "| --- | --- | --- | --- |", *rows])


def error_codes() -> Iterator[str]:
    """Every code of an error, with the status that it comes with."""
    rows = [f"| {status} | `{error.code}` | {_first_line(error)} |" for error, status in STATUS_OF.items()]
    own = {error.code for error in STATUS_OF}
    rows += [f"| {status} | `{code}` | Jupyter Server's own. |" for status, code in CODE_OF.items() if code not in own]
    yield "\n".join(["| status | code | meaning |", "| --- | --- | --- |", *sorted(rows)])


def models() -> Iterator[str]:
    """Every model, field by field."""
    for name, schema in openapi.document()["components"]["schemas"].items():
        yield f"### `{name}`"
        yield schema.get("description", "").replace("``", "`")
        rows = [f"| `{field}` | {_type(described)} | {_describe(described)} |" for field, described in schema.get("properties", {}).items()]
        yield "\n".join(["| field | type | |", "| --- | --- | --- |", *rows])


def commands() -> Iterator[str]:
    """Every command of the front end, with its label and what it does."""
    ids = dict(re.findall(r"const (\w+) = '(pccompute:[\w-]+)'", (SOURCE / "tokens.ts").read_text(encoding="utf-8")))
    rows = []
    for path in sorted((SOURCE / "plugins").rglob("*.ts")):
        for name, piece in _declared(path.read_text(encoding="utf-8")):
            # The first texts are the label, the last of them where there are several, and the caption.
            before, _, after = piece.partition("caption:")
            label, caption = TEXT.findall(before)[-1:], TEXT.search(after)
            if label and caption:
                rows.append(f"| `{ids[name]}` | {label[0]} | {caption[1]} |")
    yield "\n".join(["| command | label | what it does |", "| --- | --- | --- |", *sorted(rows)])


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "settings": settings,
    "endpoints": endpoints,
    "error-codes": error_codes,
    "models": models,
}


def renew(text: str) -> str:
    """A page with its generated parts.

    Raises
    ------
    KeyError
        A part has a name that is not known.
    """
    return PART.sub(lambda found: found[1] + "\n\n".join(filter(None, PARTS[found[2]]())) + "\n" + found[3], text)


def _declared(source: str) -> Iterator[tuple[str, str]]:
    """The commands that a file adds: each with the text from its declaration on, which stands there or under a name further up."""
    for added in ADDED.finditer(source):
        given = added["given"]
        yield added["id"], source[source.rindex(f"const {given} = ", 0, added.start()) if given else added.end() :]


def _taken(described: dict[str, Any]) -> str:
    return _model(described["requestBody"]["content"]) if "requestBody" in described else ""


def _given(described: dict[str, Any]) -> str:
    status, answer = next(iter(described["responses"].items()))
    return " ".join(filter(None, (status, _model(answer["content"]) if "content" in answer else "")))


def _model(content: dict[str, Any]) -> str:
    return f"`{_name(content['application/json']['schema']['$ref'])}`"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"`{_name(schema['$ref'])}`"
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("format", schema.get("type", "any")))


def _describe(schema: dict[str, Any]) -> str:
    own = schema.get("description")
    inner = next((each["description"] for each in schema.get("anyOf", []) if "description" in each), "")
    return str(own or inner)


def _first_line(error: type[errors.ComputeError]) -> str:
    return (inspect.getdoc(error) or "").splitlines()[0]


def setup(app: Any) -> dict[str, bool]:
    """Let Sphinx read the pages with their generated parts."""
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(_app: Any, _page: str, source: list[str]) -> None:
    source[0] = renew(source[0])

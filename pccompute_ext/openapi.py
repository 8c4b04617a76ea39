"""The OpenAPI document of the REST API, made from the routes and the wire models.

``python -m pccompute_ext.openapi`` writes it to ``openapi.json`` in this package; with ``--check`` it only compares.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec

from . import __version__
from .errors import BadRequest
from .handlers.base import LINES, STATUS_OF
from .handlers.operation import Operation
from .handlers.routes import NAMESPACE, ROUTES, Route
from .models import BackendEvent, ClusterEvent, Error

Models = set[type[msgspec.Struct]]

PATH = Path(__file__).with_name("openapi.json")

#: Models that travel as events: described here too, so that clients have one source of types.
EVENT_MODELS: tuple[type[msgspec.Struct], ...] = (ClusterEvent, BackendEvent)

#: What Jupyter Server itself answers before a verb runs.
JUPYTER_ANSWERS = {403: "No valid credential for the Jupyter server, no permission, or no XSRF token."}

#: Those of the path and those of the query.
PARAMETERS: dict[str, dict[str, Any]] = {
    "backend": {"type": "string", "description": "A backend's id."},
    "leftover": {"type": "string", "description": "The id of something that a cluster has left behind."},
    "id": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "A cluster's id."},
    "kernel": {"type": "string", "description": "The id of a running kernel; without it, this server's own environment is compared."},
    "taken": {"type": "string", "description": "Names that are in use already, which the code leaves alone, separated by commas."},
    "lines": {"type": "integer", "minimum": 1, "maximum": 5000, "default": 500, "description": "The most lines of each log."},
}


def document() -> dict[str, Any]:
    """Return the document as JSON-compatible values."""
    given, taken = _models()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "pccompute",
            "version": __version__,
            "description": "Create, scale, watch and stop Dask clusters. Every error is an object {message, code, detail}.",
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": [{"url": "/", "description": "The base_url of the Jupyter server."}],
        "security": [{"token": []}],
        "paths": {_path(route): _path_item(route) for route in ROUTES},
        "components": {
            "schemas": _schemas(given, taken),
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`token <the Jupyter server's token>`; a browser sends its cookie and the X-XSRFToken header instead.",
                }
            },
        },
    }


def render() -> str:
    """Return the document as the text of ``openapi.json``."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _path(route: Route) -> str:
    return "/" + "/".join(filter(None, (NAMESPACE, route.path)))


def _path_item(route: Route) -> dict[str, Any]:
    item: dict[str, Any] = {verb: _describe(verb, route, declared) for verb, declared in route.operations()}
    if route.parameters:
        item["parameters"] = [_parameter(name, "path") for name in route.parameters]
    return item


def _parameter(name: str, place: str) -> dict[str, Any]:
    schema = dict(PARAMETERS[name])
    return {"name": name, "in": place, "required": place == "path", "description": schema.pop("description"), "schema": schema}


def _describe(verb: str, route: Route, declared: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {"operationId": _operation_id(verb, route), "summary": declared.summary}
    if declared.query:
        described["parameters"] = [_parameter(name, "query") for name in declared.query]
    if declared.takes is not None:
        described["requestBody"] = {"required": True, "content": _content(declared.takes)}
    described["responses"] = _responses(declared)
    return described


def _operation_id(verb: str, route: Route) -> str:
    """For example ``post-clusters-id-scale``."""
    return "-".join([verb, *(route.path or "root").replace("{", "").replace("}", "").split("/")])


def _responses(declared: Operation) -> dict[str, Any]:
    success: dict[str, Any] = {"description": HTTPStatus(declared.status).phrase}
    if declared.gives is not None:
        success["content"] = _content(declared.gives)
    if declared.lines is not None:
        success["content"] |= {LINES: {"schema": _reference(declared.lines)}}
    descriptions = dict(JUPYTER_ANSWERS)
    for error in (*((BadRequest,) if declared.takes else ()), *declared.errors):
        # Several errors share a status code; their codes tell them apart.
        sentence = f"`{error.code}`: {(inspect.getdoc(error) or '').splitlines()[0]}"
        status = STATUS_OF[error]
        descriptions[status] = " ".join(filter(None, (descriptions.get(status), sentence)))
    if declared.takes is not None:
        descriptions[413] = "`too-large`: The request is larger than any real one."
    problems = {str(status): {"description": text, "content": _content(Error)} for status, text in sorted(descriptions.items())}
    return {str(declared.status): success, **problems}


def _content(model: type[msgspec.Struct]) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(model)}}


def _reference(model: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _models() -> tuple[Models, Models]:
    """Return the models that the server gives and those that it takes."""
    operations = [declared for route in ROUTES for _, declared in route.operations()]
    given: Models = {model for declared in operations for model in (declared.gives, declared.lines) if model}
    taken: Models = {declared.takes for declared in operations if declared.takes}
    return given | {Error, *EVENT_MODELS}, taken


def _schemas(given: Models, taken: Models) -> dict[str, Any]:
    answers, requests = _components(given), _components(taken)
    for schema in answers.values():
        if "properties" in schema:
            # An answer always holds every field, so a client need not ask whether it is there, only whether it is null.
            schema["required"] = list(schema["properties"])
            for described in schema["properties"].values():
                described.pop("default", None)
    return dict(sorted({**requests, **answers}.items()))


def _components(models: Models) -> dict[str, Any]:
    _, components = msgspec.json.schema_components(sorted(models, key=lambda model: model.__name__), ref_template="#/components/schemas/{name}")
    for schema in components.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    return components


def main(arguments: list[str] | None = None) -> int:
    """Write the document, or with ``--check`` say whether the written one is up to date (0: it is, 1: it is not)."""
    parser = argparse.ArgumentParser(prog="python -m pccompute_ext.openapi", description="Write the OpenAPI document.")
    parser.add_argument("--check", action="store_true", help="only compare, and fail where the file is out of date")
    options = parser.parse_args(arguments)
    text = render()
    if not options.check:
        PATH.write_text(text, encoding="utf-8")
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{PATH.name} is out of date: run `python -m pccompute_ext.openapi`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

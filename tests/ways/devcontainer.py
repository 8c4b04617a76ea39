"""A JSON Schema of what we use of devcontainer.json.

No package ships the schema of the specification, so this says the same of these properties, and allows no others.
"""

from __future__ import annotations

from typing import Any, Final

TEXTS: Final = {"type": "object", "additionalProperties": {"type": "string"}}
COMMAND: Final = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["image"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "image": {"type": "string"},
        "containerEnv": TEXTS,
        "remoteUser": {"type": "string"},
        "postCreateCommand": COMMAND,
        "postAttachCommand": COMMAND,
        "forwardPorts": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 65535}},
        "portsAttributes": {
            "type": "object",
            "patternProperties": {
                "^[0-9]+$": {
                    "type": "object",
                    "properties": {
                        "label": {"type": "string"},
                        "onAutoForward": {"enum": ["notify", "openBrowser", "openBrowserOnce", "openPreview", "silent", "ignore"]},
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
        "secrets": {
            "type": "object",
            "patternProperties": {
                "^[a-zA-Z_][a-zA-Z0-9_]*$": {
                    "type": "object",
                    "properties": {"description": {"type": "string"}, "documentationUrl": {"type": "string"}},
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
    },
}

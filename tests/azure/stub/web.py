"""Requests and answers, as the parts of the stand-in hand them on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Answer:
    """What a client gets; ``content`` becomes JSON, unless there is none."""

    status: int = 200
    content: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        return b"" if self.content is None else json.dumps(self.content).encode()


@dataclass(frozen=True)
class Request:
    """What a client asks for."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """Its names in lower case, as Azure does not tell them apart."""
        return {name.lower(): value for name, value in parse_qsl(urlsplit(self.target).query)}

    def json(self) -> dict[str, Any]:
        content = json.loads(self.body or b"{}")
        assert isinstance(content, dict)
        return content


class Refusal(Exception):
    """Carries the answer with which a request is refused."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.content)
        self.answer = answer


def error(status: int, code: str, message: str, **headers: str) -> Answer:
    """An error in the form of the resource manager."""
    return Answer(status, {"error": {"code": code, "message": message}}, {name.replace("_", "-"): value for name, value in headers.items()})

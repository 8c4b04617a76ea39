"""A verb of the REST API, declared once: what it takes and gives is decoded, encoded and documented from the same line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from inspect import getdoc
from typing import Any

import msgspec

from .. import errors
from .base import ComputeHandler

Verb = Callable[..., Awaitable[msgspec.Struct | None]]
Wrapped = Callable[..., Awaitable[None]]

#: Where the declaration is kept on the decorated method.
ATTRIBUTE = "compute_operation"


@dataclass(frozen=True)
class Operation:
    """What the OpenAPI document tells of a verb."""

    summary: str
    takes: type[msgspec.Struct] | None
    gives: type[msgspec.Struct] | None
    status: int
    errors: tuple[type[errors.ComputeError], ...]
    query: tuple[str, ...]
    lines: type[msgspec.Struct] | None


def operation(
    *,
    takes: type[msgspec.Struct] | None = None,
    gives: type[msgspec.Struct] | None = None,
    status: int = 200,
    errors: tuple[type[errors.ComputeError], ...] = (),
    query: tuple[str, ...] = (),
    lines: type[msgspec.Struct] | None = None,
) -> Callable[[Verb], Wrapped]:
    """Turn a coroutine ``(self, *path arguments, body) -> model`` into a verb of a handler. The first line of its docstring is its summary.

    Parameters
    ----------
    takes, gives
        The models of the request's and the answer's body; ``None`` where there is none.
    status
        The status code of a success.
    errors
        What the verb may raise; ``BadRequest`` is understood where it takes a body.
    query
        The names of the parameters that it reads from the query.
    lines
        The model of each line, for a verb that can answer line by line.
    """

    def decorate(verb: Verb) -> Wrapped:
        summary = (getdoc(verb) or "").partition("\n")[0].rstrip(".")
        return _wrap(verb, Operation(summary, takes, gives, status, errors, query, lines))

    return decorate


def _wrap(verb: Verb, declared: Operation) -> Wrapped:
    @wraps(verb)
    async def run(self: ComputeHandler, *path: Any) -> None:
        try:
            body = () if declared.takes is None else (self.decode(declared.takes),)
            model = await verb(self, *path, *body)
        except errors.ComputeError as error:
            self.refuse(error)
        else:
            self.answer(declared.status, model)

    setattr(run, ATTRIBUTE, declared)
    return run

"""Python source as its usual formatters would lay it out, from values that can't become code.

Formatters join and break lines by width, so a call is a tree until it is known where it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .names import Names
from .text import quoted

WIDTH: Final = 88
_INDENT: Final = "    "
_STANDARD: Final = {"getpass", "json", "os", "pathlib"}


@dataclass(frozen=True)
class Bracketed:
    """Something with brackets: a call, a list, a dict.

    Attributes
    ----------
    items
        Each is what stands before a value (``key=``, ``"key": `` or nothing) and the value.
    """

    opening: str
    items: Sequence[tuple[str, Expression]]
    closing: str


Expression = str | Bracketed


def call(function: str, *arguments: Expression, **named: Expression) -> Bracketed:
    """Return the call of a function; the arguments are expressions, not values."""
    items = [*(("", argument) for argument in arguments), *((f"{name}=", argument) for name, argument in named.items())]
    return Bracketed(f"{function}(", items, ")")


def literal(value: Any) -> Expression:
    """Write a value as JSON knows them.

    Raises
    ------
    TypeError
        JSON does not know it.
    """
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool | int | float):
        return repr(value).replace("e+", "e")
    if isinstance(value, Mapping):
        return Bracketed("{", [(f"{quoted(str(key))}: ", literal(inner)) for key, inner in value.items()], "}")
    if isinstance(value, list | tuple):
        return Bracketed("[", [("", literal(inner)) for inner in value], "]")
    raise TypeError(f"A {type(value).__name__} can't be written in code")


def lay_out(prefix: str, expression: Expression, *, depth: int = 0, suffix: str = "") -> str:
    """Write an expression behind ``prefix``: on one line where it fits, otherwise one item a line."""
    indent = _INDENT * depth
    line = indent + prefix + _flat(expression) + suffix
    if isinstance(expression, str) or not expression.items or _width(line) <= WIDTH:
        return line
    items = [lay_out(label, item, depth=depth + 1, suffix=",") for label, item in expression.items]
    return "\n".join([indent + prefix + expression.opening, *items, indent + expression.closing + suffix])


def _flat(expression: Expression) -> str:
    if isinstance(expression, str):
        return expression
    inner = ", ".join(label + _flat(item) for label, item in expression.items)
    return expression.opening + inner + expression.closing


def _width(text: str) -> int:
    """Columns, as formatters count them."""
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Source:
    """A piece of Python that is being written.

    Attributes
    ----------
    names
        What its variables are called.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self._imports: dict[str, set[str]] = {}
        self._lines: list[str] = []

    def imports(self, module: str, *members: str) -> None:
        """Import a module, or ``members`` of it."""
        self._imports.setdefault(module, set()).update(members)

    def comment(self, *lines: str) -> None:
        """Write a comment. What is not fixed text must be quoted, so that it can't end the line."""
        self._lines.extend(f"# {line}" for line in lines)

    def assign(self, name: str, expression: Expression) -> None:
        """Write an assignment."""
        self._lines.append(lay_out(f"{name} = ", expression))

    def do(self, expression: Expression) -> None:
        """Write an expression as a line of its own."""
        self._lines.append(lay_out("", expression))

    def text(self) -> str:
        """All of it."""
        standard = self._import_lines(module for module in self._imports if module in _STANDARD)
        packages = self._import_lines(module for module in self._imports if module not in _STANDARD)
        blocks = ["\n".join(block) for block in (standard, packages, self._lines) if block]
        return "\n\n".join(blocks) + "\n"

    def _import_lines(self, modules: Iterable[str]) -> list[str]:
        """Plain imports first, each kind by name."""
        ordered = sorted(modules, key=lambda module: (bool(self._imports[module]), module))
        return [
            f"from {module} import {', '.join(sorted(self._imports[module]))}" if self._imports[module] else f"import {module}" for module in ordered
        ]

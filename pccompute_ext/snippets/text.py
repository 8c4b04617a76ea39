"""Text that stands in code as a value, whatever it holds, in each of the languages of snippets."""

from __future__ import annotations

import re
from typing import Final

_ESCAPED: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# PowerShell takes each of these for a single quote.
_POWERSHELL_QUOTES: Final = re.compile("['\u2018\u2019\u201a\u201b]")


def quoted(text: str) -> str:
    """For Python: in double quotes, unless that needs more backslashes than single ones."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join("\\" + character if character == quote else _escaped(character) for character in text) + quote


def double_quoted(text: str) -> str:
    """For YAML: always in double quotes, with escapes that Python has too."""
    return '"' + "".join('\\"' if character == '"' else _escaped(character) for character in text) + '"'


def sh(text: str) -> str:
    """For a POSIX shell. Text with a null character can't be handed to a program at all."""
    return "'" + text.replace("'", "'\\''") + "'"


def fish(text: str) -> str:
    """For fish, where a backslash is special before a quote and before a backslash."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def powershell(text: str) -> str:
    """For PowerShell, where a doubled quote stands for itself, and nothing else is special between single quotes."""
    return "'" + _POWERSHELL_QUOTES.sub(lambda found: found[0] * 2, text) + "'"


def code_span(text: str) -> str:
    """For Markdown: code within a line."""
    line = " ".join(text.split())
    fence = "`" * (_longest_run(line) + 1)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{padding}{line}{padding}{fence}"


def code_block(code: str, language: str) -> str:
    """For Markdown: lines of code."""
    fence = "`" * max(3, _longest_run(code) + 1)
    return f"{fence}{language}\n{code}{'' if code.endswith(chr(10)) else chr(10)}{fence}\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"

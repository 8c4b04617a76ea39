"""What really went wrong, where a library hides it behind errors of its own."""

from __future__ import annotations

from typing import Final

from ..redaction import redact

_LONGEST: Final = 2000


def root_cause(error: BaseException) -> str:
    """Return the first error of a chain, in its own words and without secrets; its type where it has no words.

    Libraries for clusters often fail a second time while they clean up after the first error, and only the second one comes out.
    """
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        error = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__ or error.__context__ or error
    words = str(error).strip()
    kind = type(error).__name__
    return redact(f"{kind}: {words}" if words else kind)[:_LONGEST]

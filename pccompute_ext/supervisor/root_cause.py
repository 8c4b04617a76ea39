"""What really went wrong, where a library hides it behind errors of its own."""

from __future__ import annotations

from typing import Final

from ..redaction import redact

_LONGEST: Final = 2000


def root_cause(error: BaseException) -> str:
    """Return the first error of a chain, in its own words and without secrets; its type where it has no words.

    Libraries for clusters often fail a second time while they clean up after the first error, and only the second one comes out.
    """
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.exceptions[0] if isinstance(following, BaseExceptionGroup) else following.__cause__ or following.__context__
    first = next((one for one in reversed(chain) if _words_of_azure(one)), chain[-1])
    kind, words = type(first).__name__, str(first).strip()
    if words and not _is_ours(first):
        words = f"{kind}: {words}"
    return redact(_words_of_azure(first) or words or kind)[:_LONGEST]


def _is_ours(error: BaseException) -> bool:
    """Whether its words were made for people."""
    return type(error).__module__.partition(".")[0] == __name__.partition(".")[0]


def _words_of_azure(error: BaseException) -> str | None:
    """What Azure answered. The SDK puts that around an error of its own that only says that a request failed, and tells it twice in its text."""
    told = getattr(error, "error", None)
    code, message = getattr(told, "code", None), getattr(told, "message", None)
    return f"{message} ({code})" if isinstance(code, str) and isinstance(message, str) else None

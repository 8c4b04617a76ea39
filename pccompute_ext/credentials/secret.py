"""Text that never shows itself."""

from __future__ import annotations

import hmac
from typing import NoReturn


class Secret:
    """A token or a password. Only :meth:`reveal` gives the text; printing, formatting, logging and pickling do not."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not text:
            raise ValueError("A secret must not be empty.")
        self._text = text

    def reveal(self) -> str:
        """Return the text, to be sent to the origin that it is for, or to be kept."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret can't be pickled or copied.")

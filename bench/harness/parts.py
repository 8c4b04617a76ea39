"""The parts of one benchmark, such as pccompute and its peer: each fails by itself."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import TypeVar

from .limits import limit

T = TypeVar("T")


class Parts:
    """Measures parts, each within a time of its own; what failed is told, and the others keep their figures."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        """A sentence for each part that failed."""

    def measure(self, name: str, seconds: float, part: Callable[[], T]) -> T | None:
        """What ``part`` found, or ``None`` where it failed or took longer than ``seconds``."""
        try:
            with limit(seconds):
                return part()
        except Exception as error:
            traceback.print_exc(file=sys.stdout)
            lines = str(error).splitlines() or [type(error).__name__]
            self.failures.append(f"{name} was not measured: {lines[0]}")
            return None

"""Numbers as people read them."""

from __future__ import annotations


def number(value: float) -> str:
    """Three digits that count; of what was counted, all."""
    if isinstance(value, int) or value == 0:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return f"{value:.{digits}f}"


def amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{number(value)} {unit}".rstrip()


def spread(quartiles: tuple[float, float] | list[float] | None) -> str:
    return "" if quartiles is None else f" ({number(quartiles[0])}–{number(quartiles[1])})"

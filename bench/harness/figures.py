"""What a benchmark found."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured quantity.

    Attributes
    ----------
    value, peer
        Ours, and that of what stands beside it (``versus``), in the same ``unit``.
    quartiles
        Of our samples, where there are some.
    aim
        The most that ``of`` ("value", or "ratio" to the peer) should be.
    """

    name: str
    value: float
    unit: str
    peer: float | None = None
    versus: str = ""
    quartiles: tuple[float, float] | None = None
    peer_quartiles: tuple[float, float] | None = None
    samples: int | None = None
    aim: float | None = None
    of: str = "value"

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's; ``None`` where there is no peer, or one that costs nothing."""
        return self.value / self.peer if self.peer is not None and self.peer > 0 else None

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; ``None`` where there is none."""
        if self.aim is None:
            return None
        found = self.ratio if self.of == "ratio" else self.value
        return found is not None and found <= self.aim

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}


@dataclass
class Table:
    """Rows of numbers, for what grows with something: the first column is what it grows with."""

    name: str
    columns: list[str]
    rows: list[list[float]] = field(default_factory=list)
    aims: dict[str, float] = field(default_factory=dict)
    """The most that there should be, by column."""


@dataclass
class Outcome:
    """All that one benchmark found; ``failures`` has a sentence for each part of it that failed."""

    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [figure.as_json() for figure in self.figures],
            "tables": [asdict(table) for table in self.tables],
            "notes": [*self.notes, *self.failures],
        }


def quantile(samples: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the samples do not exceed; between two samples, in proportion."""
    ordered = sorted(samples)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def quartiles(samples: Sequence[float]) -> tuple[float, float]:
    """The first and the third."""
    return quantile(samples, 0.25), quantile(samples, 0.75)


def compare(name: str, unit: str, ours: Sequence[float], peers: Sequence[float], *, versus: str, aim: float | None = None) -> Figure:
    """Medians side by side; ``aim`` is for their ratio."""
    return Figure(
        name,
        statistics.median(ours),
        unit,
        peer=statistics.median(peers),
        versus=versus,
        quartiles=quartiles(ours),
        peer_quartiles=quartiles(peers),
        samples=len(ours),
        aim=aim,
        of="ratio",
    )

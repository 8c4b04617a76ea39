"""Whether the clusters compute beside the data."""

from __future__ import annotations

from ..outcome import Outcome, passed, skipped, warned
from ..step import Subject


async def name_region(subject: Subject) -> Outcome:
    """The region in which the clusters run, beside that of the data; it is never guessed."""
    await subject.regions.look()
    region = subject.regions.of(subject.backend)
    if region is None:
        return skipped("No region of the data is set.")
    if region.verdict == "unknown":
        return skipped(region.text)
    if region.verdict == "same":
        return passed(region.text)
    return warned(region.text, f"For work that reads much of the data, use a backend in {region.data} where there is one.")

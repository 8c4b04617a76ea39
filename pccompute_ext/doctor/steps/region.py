"""Whether the clusters compute beside the data."""

from __future__ import annotations

from ...region import Regions
from ...region.regions import Placed
from ..outcome import Outcome, passed, skipped, warned
from ..step import Subject


async def name_region(subject: Subject) -> Outcome:
    """The region of a gateway's clusters."""
    return await region_of(subject.backend, subject.regions)


async def region_of(backend: Placed, regions: Regions) -> Outcome:
    """The region in which the clusters run, beside that of the data; it is never guessed."""
    await regions.look()
    region = regions.of(backend)
    if region is None:
        return skipped("No region of the data is set.")
    if region.verdict == "unknown":
        return skipped(region.text)
    if region.verdict == "same":
        return passed(region.text)
    return warned(region.text, f"For work that reads much of the data, use a backend in {region.data} where there is one.")

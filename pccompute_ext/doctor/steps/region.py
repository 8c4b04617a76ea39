"""Where the clusters run, as far as the address names it."""

from __future__ import annotations

import re
from typing import Final

from ...credentials import Origin
from ..outcome import Outcome, passed, skipped
from ..step import Subject

_NAMED: Final = re.compile(r"\.(?P<region>[a-z0-9]+)\.(?:cloudapp\.azure\.com|azmk8s\.io)$")


async def name_region(subject: Subject) -> Outcome:
    """The region in the gateway's host name; it is never guessed."""
    found = _NAMED.search(Origin.of(subject.known.address).host)
    if found is None:
        return skipped("The address does not tell in which region the clusters run.")
    return passed(f"The clusters run in Azure's region {found['region']}. Data in the same region is read fastest, and results travel from there.")

"""The processes that carry a mark, as they were at one moment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pccompute_ext.backends.local_leftovers import marked_processes


@dataclass(frozen=True)
class Marked:
    """One process, and what it told of itself."""

    process: psutil.Process
    mark: str
    command: list[str]
    environment: dict[str, str] = field(repr=False)
    directory: Path


def marked() -> list[Marked]:
    """All of them. One that ends meanwhile, as what a scheduler starts for a moment does, is left out: it has nothing to tell any more."""
    found = []
    for process, mark in marked_processes():
        with suppress(psutil.Error, OSError):
            found.append(Marked(process, mark, process.cmdline(), process.environ(), Path(process.cwd())))
    return found

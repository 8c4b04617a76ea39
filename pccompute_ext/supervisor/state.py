"""What a supervisor tells of its cluster, in a file that outlives it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, Self

from .files import STATE, read_private, write_private

Phase = Literal["starting", "running", "stopping", "stopped", "failed", "orphaned"]

ENDED: Final[frozenset[Phase]] = frozenset({"stopped", "failed", "orphaned"})
"""The phases in which no supervisor needs to be there."""

DIED: Final = "Its supervisor, the process on this machine that ran it, ended unexpectedly."

LOOKING: Final = "What is left of it is being looked at."

UNCLEAR: Final = f"{DIED} {LOOKING}"
"""Why it failed, until somebody has looked."""


@dataclass(frozen=True)
class State:
    """A cluster, as its supervisor knows it.

    Attributes
    ----------
    phase
        ``orphaned``: its supervisor died, and something of it is left.
    reason
        Why it failed or stopped; of one that runs, what is the matter. For people.
    progress
        How far its start has come, the latest last.
    handle
        What tells the cluster's resources from others where they are, such as an id in their tags; known before there is any resource.
    remains
        What is left of it and may cost money, each in words; of one that has ended.
    mode, minimum, maximum, count
        The size that was asked for.
    requested
        How many workers the cluster wants now.
    endpoint
        Where the supervisor can be told what to do: ``path`` of a unix socket, or ``port`` and ``key``.
    dashboard
        URL of the scheduler's pages.
    host, pid
        Where the supervisor runs.
    scheduler_lost
        Whether the scheduler can't be reached.
    complaint
        What went wrong while workers were started or ended.
    cost
        Since the start, in the prices' currency, until ``cost_at`` (seconds since the epoch; ``None``: there are no prices).
    cost_per_hour
        From then on.
    """

    phase: Phase = "starting"
    reason: str | None = None
    progress: tuple[str, ...] = ()
    handle: Mapping[str, str] = field(default_factory=dict)
    remains: tuple[str, ...] = ()
    mode: Literal["manual", "adaptive"] = "manual"
    minimum: int | None = None
    maximum: int | None = None
    count: int | None = None
    requested: int | None = None
    endpoint: Mapping[str, Any] = field(default_factory=dict, repr=False)
    dashboard: str | None = field(default=None, repr=False)
    host: str = ""
    pid: int = 0
    scheduler_lost: bool = False
    complaint: str | None = None
    cost: float = 0.0
    cost_at: float | None = None
    cost_per_hour: float = 0.0

    def charged(self, until: float) -> Self:
        """Return the same with the cost until then; what each hour costs is as told last."""
        if self.cost_at is None or until <= self.cost_at:
            return self
        return replace(self, cost=self.cost + self.cost_per_hour * (until - self.cost_at) / 3600, cost_at=until)

    def write(self, directory: Path) -> None:
        """Write it into a cluster's directory."""
        write_private(directory / STATE, asdict(self))

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read it; ``None`` where it is not there yet, or can't be read."""
        content = read_private(directory / STATE)
        if content is None:
            return None
        known = {one.name for one in fields(cls)}
        kept: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items() if key in known}
        return cls(**kept)


def beat(directory: Path) -> None:
    """Show that the supervisor lives: the file's time is its heartbeat."""
    now = time.time()
    os.utime(directory / STATE, (now, now))


def last_beat(directory: Path) -> float:
    """When it showed that, in seconds since the epoch; 0: never."""
    try:
        return (directory / STATE).stat().st_mtime
    except OSError:
        return 0.0

"""How long things may take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """All in seconds."""

    answer_within: float = 5.0
    """The longest that a verb waits for a backend's answer to a change; then it answers with what is so, and goes on in the background."""
    list_within: float = 4.0
    """The longest that a list or a state waits for one backend."""
    check_within: float = 1.0
    """The longest that a list waits for word of the clusters that are missing in it."""
    call_within: float = 60.0
    """The longest that anything waits for one answer of a backend."""
    look_within: float = 20.0
    """The longest that somebody who looks into a cluster waits for what is in there."""
    look_after: float = 1.0
    """How long a watch has to tell what came of a change of size, before the scheduler is asked."""
    fresh_for: float = 1.0
    """A list this young is not asked for again."""
    known_for: float = 5.0
    """A list this young is answered with at once; a newer one may be asked for, and what differs in it is told as events."""
    lease: float = 25.0
    """How long a look at the list keeps the watcher awake."""
    list_every: float = 3.0
    """How often the watcher asks for the list."""
    first_retry: float = 0.5
    last_retry: float = 30.0
    """The pauses between attempts that nobody waits for double from the first to the last."""
    show_stopped: float = 600.0
    """How long a cluster that was stopped elsewhere stays listed."""
    adopt_within: float = 60.0
    """A cluster that came to be at most so long after a request without an answer may be the one that was asked for."""
    close_within: float = 15.0
    """The longest that the end of the server waits for a backend."""

    def pauses(self) -> Iterator[float]:
        """Endless: each pause twice the one before, up to the longest."""
        pause = self.first_retry
        while True:
            yield pause
            pause = min(2 * pause, self.last_retry)


DEFAULT_TIMINGS = Timings()

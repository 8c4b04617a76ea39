"""A time limit for whatever the main thread does."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 30.0
"""Seconds after which it is raised again, where something has swallowed it; long enough to end what was started."""


class TookTooLong(Exception):
    """Something did not end in the time that it is given."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """End what is within by :class:`TookTooLong` after so many seconds. Limits may be nested: the one that is over first counts."""
    begun = time.monotonic()
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left) if left else seconds, AGAIN)
    try:
        yield
    finally:
        # An outer limit that is over by now is raised at once.
        signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - begun)) if left else 0, AGAIN)
        signal.signal(signal.SIGALRM, before)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong("It took more time than it is given.")

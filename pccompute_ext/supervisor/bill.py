"""What a cluster has cost so far, by the prices that an operator gave."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any


class Bill:
    """Adds up, from one look to the next.

    Parameters
    ----------
    prices
        Per hour, of the ``scheduler`` and of each ``worker``; empty where none are known.
    """

    def __init__(self, prices: Mapping[str, Any]) -> None:
        self._prices = prices
        self._sum = 0.0
        self._at: float | None = None

    def until_now(self, workers: int | None) -> tuple[float, float | None]:
        """Return the sum and its time, in seconds since the epoch; ``None``: there are no prices."""
        if not self._prices:
            return 0.0, None
        now = time.time()
        if self._at is None:
            self._at = now
        # Not at each look: what is told is written to the disk.
        elif now - self._at >= 60:
            per_hour = float(self._prices.get("scheduler", 0)) + (workers or 0) * float(self._prices.get("worker", 0))
            self._sum += per_hour * (now - self._at) / 3600
            self._at = now
        return self._sum, self._at

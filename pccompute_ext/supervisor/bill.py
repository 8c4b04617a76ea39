"""What a cluster costs, by the prices that an operator gave."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from .state import State

_EVERY: Final = 60.0
"""Seconds: what is told is written to the disk."""


class Bill:
    """Adds up, from one look to the next.

    Parameters
    ----------
    prices
        Per hour, of the ``scheduler`` and of each ``worker``; empty where none are known.
    """

    def __init__(self, prices: Mapping[str, Any]) -> None:
        self._prices = prices

    def charge(self, state: State, workers: int | None) -> State:
        """Return the state with the sum until now, where it is time for that, and with what each hour costs from now on.

        Parameters
        ----------
        workers
            How many there are; ``None``: that is not known yet.
        """
        if not self._prices:
            return state
        now = time.time()
        per_hour = float(self._prices.get("scheduler", 0)) + (workers or 0) * float(self._prices.get("worker", 0))
        if state.cost_at is None:
            return replace(state, cost_at=now, cost_per_hour=per_hour)
        if per_hour == state.cost_per_hour and now - state.cost_at < _EVERY:
            return state
        return replace(state.charged(now), cost_per_hour=per_hour)

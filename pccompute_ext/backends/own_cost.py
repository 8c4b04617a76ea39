"""What a cluster costs, from what its supervisor has told of that and goes on telling, or does not any more."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final

from ..models import Cost
from ..supervisor.order import Order
from ..supervisor.state import ENDED, State

_STEP: Final = 60.0
"""Seconds: a sum that is another one at each look would be told each time."""


def cost_of(order: Order, state: State) -> Cost | None:
    """Return the estimate; ``None`` where the operator gave no prices.

    What is left of a cluster goes on to cost what the cluster cost last, also while its supervisor is dead.
    """
    if state.cost_at is None:
        return None
    at, over = state.cost_at, state.phase in ENDED and not state.remains
    if not over:
        at += max(0.0, time.time() - at) // _STEP * _STEP
    return Cost(
        per_hour=0.0 if over else state.cost_per_hour,
        total=state.charged(at).cost,
        currency=str(order.prices.get("currency", "")),
        at=datetime.fromtimestamp(at, UTC),
    )

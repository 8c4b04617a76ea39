"""Backends that are reached in another way than a Dask Gateway elsewhere: they say themselves how they are."""

from __future__ import annotations

import time

from ..access_models import CheckStep, StepState
from ..backends.base import Backend


async def check_other(backend: Backend) -> CheckStep:
    """Ask a backend how it is."""
    began = time.monotonic()
    health = await backend.health()
    state: StepState = "passed" if health.state == "ready" else "failed"
    return CheckStep(
        id="health",
        title="Whether it can be used",
        state=state,
        detail=health.reason or "It is ready.",
        advice=None if state == "passed" else "See the message.",
        milliseconds=round((time.monotonic() - began) * 1000),
    )

"""Backends that are reached in another way than a Dask Gateway elsewhere: they say themselves how they are."""

from __future__ import annotations

import time

from ..access_models import CheckStep
from ..backends.base import Backend
from ..region import Regions
from .outcome import Outcome, failed, passed
from .steps.region import region_of


async def check_other(backend: Backend, regions: Regions) -> list[CheckStep]:
    """Ask a backend how it is, and see where its clusters run."""
    began = time.monotonic()
    health = await backend.health()
    ready = health.state == "ready"
    found = passed(health.reason or "It is ready.") if ready else failed(health.reason or "It can't be used.", "See the message.")
    rows = [_row("health", "Whether it can be used", found, began)]
    began = time.monotonic()
    return [*rows, _row("region", "Region", await region_of(backend, regions), began)]


def _row(id: str, title: str, found: Outcome, began: float) -> CheckStep:
    milliseconds = round((time.monotonic() - began) * 1000)
    return CheckStep(id=id, title=title, state=found.state, detail=found.detail, advice=found.advice, milliseconds=milliseconds)

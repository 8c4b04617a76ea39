"""Sizes beyond what an entry allows, said in the words in which Dask Gateway says the same."""

from __future__ import annotations

from .base import Scaled


def clamped_scale(count: int, limit: int | None) -> tuple[int, Scaled]:
    """Return the number of workers to ask for, and the answer."""
    if limit is None or count <= limit:
        return count, Scaled(limit=limit)
    warning = f"Scale request of {count} workers would exceed resource limit of {limit} workers. Scaling to {limit} instead."
    return limit, Scaled(warning=warning, limit=limit)


def clamped_adapt(minimum: int, maximum: int, limit: int | None) -> tuple[int, int, Scaled]:
    """Return the bounds to ask for, and the answer."""
    if limit is None or maximum <= limit:
        return minimum, maximum, Scaled(limit=limit)
    low = min(minimum, limit)
    warning = (
        f"Adapt with maximum={maximum}, minimum={minimum} workers would exceed resource limit of {limit} workers. "
        f"Using maximum={limit}, minimum={low} instead."
    )
    return low, limit, Scaled(warning=warning, limit=limit)

"""Reading what a scheduler tells of its workers one by one: the same over its connection and on its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..detail_models import WorkerInfo
from ..errors import BackendFailed
from ..models import Memory


def read_workers(identity: Any) -> list[WorkerInfo]:
    """The workers of a scheduler's ``identity``, by name.

    Raises
    ------
    BackendFailed
        It is not an identity.
    """
    return sorted(read_by_address(identity).values(), key=lambda worker: worker.name)


def read_by_address(identity: Any) -> dict[str, WorkerInfo]:
    """The workers by address, in the scheduler's order. Raises as :func:`read_workers` does."""
    try:
        return {str(address): _read(raw) for address, raw in identity["workers"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise BackendFailed("What the scheduler tells of its workers can't be read. Its version of Dask may not be supported.") from None


def _read(raw: Mapping[str, Any]) -> WorkerInfo:
    metrics = raw.get("metrics") or {}
    cpu = metrics.get("cpu")
    tasks = metrics.get("task_counts") or {}
    seen = raw.get("last_seen")
    return WorkerInfo(
        name=str(raw.get("name") or raw.get("id")),
        status=str(raw.get("status") or "unknown"),
        threads=int(raw["nthreads"]),
        memory=Memory(limit=raw.get("memory_limit") or None, used=metrics.get("memory")),
        cpu=None if cpu is None else round(cpu / 100, 2),
        tasks=sum(int(tasks.get(state, 0)) for state in ("executing", "ready", "constrained")) if tasks else None,
        last_seen=None if seen is None else datetime.fromtimestamp(seen, UTC),
    )

"""The wire models of what is told of a cluster on demand: its workers and its logs. The conventions are those of :mod:`.models`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from .models import Memory, Model

LogLevel = Literal["debug", "info", "warning", "error", "critical"]


class WorkerInfo(Model, frozen=True, kw_only=True):
    """One worker."""

    name: str
    status: Annotated[str, Meta(description="In Dask's words: running, paused, closing_gracefully …")]
    threads: int
    memory: Memory
    cpu: Annotated[float | None, Meta(description="How many cores it keeps busy: 1 is one whole core.")] = None
    tasks: Annotated[int | None, Meta(description="How many tasks it has to do or is doing.")] = None
    last_seen: Annotated[datetime | None, Meta(description="When the scheduler last heard of it.")] = None


class WorkerList(Model, frozen=True, kw_only=True):
    """Every worker of a cluster, by name."""

    workers: list[WorkerInfo]


class LogLine(Model, frozen=True, kw_only=True):
    """One entry of a log; its message may have several lines."""

    message: str
    level: LogLevel | None = None
    time: datetime | None = None


class LogSource(Model, frozen=True, kw_only=True):
    """The log of one process."""

    source: Annotated[str, Meta(description="`scheduler`, or the name of a worker.")]
    lines: Annotated[list[LogLine], Meta(description="The latest last.")]
    problem: Annotated[str | None, Meta(description="Why some or all of it could not be had.")] = None


class LogList(Model, frozen=True, kw_only=True):
    """The latest lines of a cluster's logs, the scheduler's first. What looks like a secret is left out of them."""

    sources: list[LogSource]
    problem: Annotated[str | None, Meta(description="Why there are not more sources.")] = None

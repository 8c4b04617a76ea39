"""The public form of a cluster, and the sentences in it that say how it goes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from .backends.base import Observation
from .models import Cluster, Scaling, Starting, Workers

if TYPE_CHECKING:
    from .roster import Entry

SHORT_NAME: Final = 8

_NOTHING: Final = Observation()

_LONG_START: Final = 120.0
"""Seconds; a start for which nothing is known to be usual is long from then on."""

_SLOW_WORKERS: Final = ((300.0, "more than five minutes"), (60.0, "more than a minute"))
"""From how many seconds on, what is said; the longest first. In steps, since what says the seconds changes every second."""


def show(entry: Entry, *, limit: int | None, usual: float | None, now: float) -> Cluster:
    """The public model.

    Parameters
    ----------
    limit
        The most workers that its backend allows, where that is known.
    usual
        How long starts on its backend take, in seconds, where that is known.
    now
        The event loop's time.
    """
    seen = entry.observation if entry.state == "running" else _NOTHING
    scaling = entry.scaling
    if scaling is not None and limit is not None:
        scaling = msgspec.structs.replace(scaling, limit=limit)
    return Cluster(
        id=entry.id,
        backend=entry.backend.id,
        # While the backend has not named the cluster, its id's end stands for the name.
        name=(entry.name or entry.id).rpartition(".")[2][-SHORT_NAME:],
        label=entry.record.label,
        state=entry.state,
        reason=entry.reason,
        created=entry.created,
        starting=Starting(since=entry.created, usual_seconds=usual) if entry.state == "pending" and entry.created is not None else None,
        progress=progress(entry, usual),
        remains=list({"failed": entry.remains, "stopping": entry.deleting}.get(entry.state, ())),
        options=entry.options,
        workers=workers(entry, seen, scaling, now),
        cores=seen.cores,
        memory=seen.memory,
        tasks=seen.tasks,
        # That of a failed one is what its maker wants to try again.
        scaling=None if entry.state == "stopped" else scaling,
        idle=seen.idle,
        cost=entry.cost,
        clients=seen.clients,
        used_by=entry.used_by if entry.state == "running" else [],
        dashboard=f"clusters/{entry.id}/dashboard/" if entry.state == "running" and entry.dashboard else None,
        live=seen.live,
        stale=entry.stale,
    )


def progress(entry: Entry, usual: float | None) -> list[str]:
    """What is known of a start; of one that failed, how far it had come."""
    backend = entry.backend.label
    if entry.state == "failed":
        return entry.progress
    if entry.state != "pending":
        return []
    if entry.name is None:
        return [f"{backend} is being asked for the cluster."]
    lines = list(entry.said) or [f"{backend} has taken the request.", f"{backend} starts the scheduler; its own log can be read once it runs."]
    if entry.created is not None:
        seconds = (datetime.now(UTC) - entry.created).total_seconds()
        if usual is None and seconds > _LONG_START:
            lines.append("It is taking more than two minutes. A machine may have to be added for it first, or its image to be loaded.")
        elif usual is not None and seconds > max(2 * usual, usual + 30):
            lines.append("It is taking much longer than usual. A machine may have to be added for it first, or its image to be loaded.")
    return lines


def workers(entry: Entry, seen: Observation, scaling: Scaling | None, now: float) -> Workers:
    """The counts, with the reason where there are fewer workers than requested."""
    counts = seen.workers
    if counts.requested is None:
        return _without_scheduler(counts, seen, scaling)
    if counts.ready is None or counts.ready >= counts.requested:
        return counts
    return msgspec.structs.replace(counts, reason=_why_short(entry, counts.requested - counts.ready, counts.requested, scaling, now))


def _without_scheduler(counts: Workers, seen: Observation, scaling: Scaling | None) -> Workers:
    """Where the scheduler can't be asked what it wants, it is known only if a number was set here."""
    if scaling is None or scaling.mode != "manual" or scaling.count is None or seen.live.reason is None:
        return counts
    if counts.ready is None:
        return Workers(requested=scaling.count, reason="The scheduler can't be reached, so it is not known how many workers there are.")
    missing = max(0, scaling.count - counts.ready)
    reason = "They are not there yet. Why is not known: the scheduler can't be asked from here." if missing else None
    return Workers(ready=counts.ready, requested=scaling.count, arriving=missing, reason=reason)


def _why_short(entry: Entry, missing: int, requested: int, scaling: Scaling | None, now: float) -> str:
    how_many = "One worker" if missing == 1 else f"{missing} workers"
    if told := entry.observation.workers.reason:
        return f"{how_many} {'has' if missing == 1 else 'have'} not come: {told}"
    waited = 0.0 if entry.short_since is None else now - entry.short_since
    long = next((words for seconds, words in _SLOW_WORKERS if waited >= seconds), None)
    if long is None:
        sentences = [f"{how_many} {'is' if missing == 1 else 'are'} still starting."]
    else:
        sentences = [
            f"{how_many} {'has' if missing == 1 else 'have'} not come for {long}. There may be no room: a machine may have to be added first, "
            "or a quota may be used up. The backend does not tell which."
        ]
    if scaling is not None and scaling.warning:
        sentences.append(f"{entry.backend.label} says: {scaling.warning}")
    elif scaling is not None and scaling.limit is not None and requested >= scaling.limit:
        sentences.append(f"More than {scaling.limit} are not allowed here.")
    return " ".join(sentences)

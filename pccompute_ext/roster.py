"""All clusters that the manager knows, and the one place from where their changes are told and remembered."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from .backends.base import Backend, ClusterReport, Observation
from .models import ClientUse, Cluster, ClusterEvent, ClusterState, Cost, Scaling
from .records import Record, Records
from .showing import progress, show
from .start_times import StartTimes
from .tasks import Tasks

# As many ids of ended clusters are remembered, so that a request sent again late does not make the cluster a second time.
SPENT_IDS = 1000


def found_id(backend_id: str, name: str) -> str:
    """The public id of a cluster that was made elsewhere; it does not give the name away."""
    return hashlib.blake2s(f"{backend_id}\0{name}".encode(), digest_size=8).hexdigest()


class Entry:
    """One cluster as the manager knows it. What is public of it is in :func:`pccompute_ext.showing.show`."""

    def __init__(self, backend: Backend, record: Record, *, state: ClusterState, stale: bool = False) -> None:
        self.backend = backend
        self.record = record
        self.state: ClusterState = state
        self.reason = record.failure
        self.created: datetime | None = record.created
        self.options: dict[str, Any] = record.options
        self.observation = Observation()
        self.short_since: float | None = None
        """Since when there are fewer workers than requested and none has come, by the event loop's clock."""
        self.used_by: list[ClientUse] = []
        self.resolved_ids: tuple[str, ...] = ()
        """The clients that ``used_by`` was found for."""
        self.progress: list[str] = []
        """How far its start had come when it failed."""
        self.said: tuple[str, ...] = ()
        """What its backend tells of its start."""
        self.remains: tuple[str, ...] = ()
        """What is left of it and may cost money, where it failed."""
        self.deleting: tuple[str, ...] = ()
        """What is still to be deleted, while it is being stopped."""
        self.cost: Cost | None = None
        self.asked_at: float | None = None
        """When this server asked for it, by the event loop's clock; ``None`` where that was another, or nobody here."""
        self.scaling: Scaling | None = None
        self.stale = stale
        self.dashboard = False
        self.seen_running = False
        self.asking = False
        """Whether somebody here is busy getting it, and will say how that ended."""
        self.submitting = False
        """Whether its backend is being asked for it: the backend may list it before it has told its name."""
        self.unanswered: str | None = None
        """Set where the backend was asked and it is not known whether it made the cluster: what to say if it did not."""
        self.hidden = False
        """Whether it is kept from sight, since its maker was told that it failed, until it is known whether that is so."""
        self.named_at = 0.0
        """When its name became known here, by the event loop's clock."""
        self.stop_taken = False
        """Whether its backend has taken the request to stop it."""
        self.stop_taken_at = 0.0
        """When it did, by the event loop's clock."""
        self.ended_at = 0.0
        self.told: Cluster | None = None
        self.report: ClusterReport | None = None
        """What its backend said last."""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str | None:
        return self.record.name

    @property
    def ended(self) -> bool:
        return self.state in ("stopped", "failed")

    @property
    def still(self) -> bool:
        """Whether what was told of it stays true while time alone goes on: only what is awaited is told in other words after a while."""
        return self.told is not None and self.state != "pending" and self.short_since is None

    def observe(self, observation: Observation) -> None:
        """Take the figures of this moment."""
        counts, before = observation.workers, self.observation.workers
        if counts.ready is None or counts.requested is None or counts.ready >= counts.requested:
            self.short_since = None
        elif self.short_since is None or (counts.ready, counts.requested) != (before.ready, before.requested):
            self.short_since = asyncio.get_running_loop().time()
        self.observation = observation


class Roster:
    """The entries by id and by name; tells changes to ``on_cluster`` and keeps the records in step.

    Its methods are synchronous, so that nobody ever sees half a change; writing goes on behind them.
    """

    def __init__(self, records: Records, starts: StartTimes, writes: Tasks, on_cluster: Callable[[ClusterEvent], None]) -> None:
        self._records = records
        self._starts = starts
        self._writes = writes
        self._on_cluster = on_cluster
        self._entries: dict[str, Entry] = {}
        self._limits: dict[str, int] = {}
        self._spent: dict[str, None] = {}
        self._removed: dict[tuple[str, str], float] = {}
        self.running_changed = asyncio.Event()
        """Set whenever a cluster begins or ceases to run; whoever waits for it clears it."""

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def of(self, backend: Backend) -> list[Entry]:
        return [entry for entry in self._entries.values() if entry.backend is backend]

    def get(self, id: str) -> Entry | None:
        return self._entries.get(id)

    def holds(self, entry: Entry) -> bool:
        return self._entries.get(entry.id) is entry

    def named(self, backend: Backend, name: str) -> Entry | None:
        return next((entry for entry in self._entries.values() if entry.backend is backend and entry.name == name), None)

    def add(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self.tell(entry)

    def add_found(self, backend: Backend, report: ClusterReport) -> Entry:
        """Take up a cluster that was made elsewhere."""
        record = Record(id=found_id(backend.id, report.name), backend=backend.id, name=report.name)
        entry = Entry(backend, record, state="pending")
        entry.named_at = asyncio.get_running_loop().time()
        # Told by whoever fills it in from the report, once, as a whole.
        self._entries[entry.id] = entry
        return entry

    def remove(self, entry: Entry) -> None:
        """Forget a cluster, with its record."""
        if not self.holds(entry):
            return
        del self._entries[entry.id]
        if entry.name is not None:
            self._removed[entry.backend.id, entry.name] = asyncio.get_running_loop().time()
        if entry.name is not None or entry.record.ending:
            self._spent[entry.id] = None
            if len(self._spent) > SPENT_IDS:
                del self._spent[next(iter(self._spent))]
        if entry.told is not None:
            entry.told = None
            self._on_cluster(ClusterEvent(removed=entry.id))
        self.running_changed.set()
        self._writes.start(self._records.remove(entry.id), "Forgetting a cluster")

    def has_ended(self, id: str) -> bool:
        """Whether there was a cluster of this id, and is none any more."""
        return id in self._spent and id not in self._entries

    def removed_since(self, backend: Backend, name: str, asked_at: float) -> bool:
        """Whether a cluster was forgotten after a question that its backend answers only now."""
        return self._removed.get((backend.id, name), -1.0) >= asked_at

    def forget_removals(self, before: float) -> None:
        """Drop what only matters to questions asked ``before`` then, when none of them is open any more."""
        self._removed = {key: at for key, at in self._removed.items() if at >= before}

    # -- telling -------------------------------------------------------------------------------------------------------

    def tell(self, entry: Entry) -> None:
        """Tell what changed of a cluster's public model, if anything."""
        if not self.holds(entry):
            return
        if entry.hidden:
            if entry.told is not None:
                entry.told = None
                self._on_cluster(ClusterEvent(removed=entry.id))
            return
        model = self.model(entry)
        if model == entry.told:
            return
        if (entry.told is not None and entry.told.state == "running") != (model.state == "running"):
            self.running_changed.set()
        entry.told = model
        self._on_cluster(ClusterEvent(cluster=model))

    def shown(self, entry: Entry) -> Cluster:
        """The public model, as it was told if that can't have changed: of a thousand clusters few do."""
        return entry.told if entry.told is not None and entry.still else self.model(entry)

    def model(self, entry: Entry) -> Cluster:
        now = asyncio.get_running_loop().time()
        return show(entry, limit=self.limit(entry.backend), usual=self._starts.usual(entry.backend.id), now=now)

    def limit(self, backend: Backend) -> int | None:
        """The most workers of one cluster, as far as the backend has said so."""
        return self._limits.get(backend.id, backend.limit)

    def learn_limit(self, backend: Backend, limit: int) -> None:
        self._limits[backend.id] = limit
        for entry in self.of(backend):
            self.tell(entry)

    def started(self, entry: Entry) -> None:
        """Learn from a cluster that has just begun to run how long that takes."""
        if entry.asked_at is not None:
            seconds = asyncio.get_running_loop().time() - entry.asked_at
            entry.asked_at = None
            self._writes.start(self._starts.add(entry.backend.id, seconds), "Remembering how long a start took")

    def failing(self, entry: Entry) -> None:
        """Keep how far its start had come."""
        entry.progress = progress(entry, self._starts.usual(entry.backend.id))

    # -- remembering ---------------------------------------------------------------------------------------------------

    def keep(self, entry: Entry, **changes: Any) -> asyncio.Task[None] | None:
        """Change a cluster's record. Await what comes back, if anything, where the change must be on the disk before going on."""
        if not changes or all(getattr(entry.record, key) == value for key, value in changes.items()):
            return None
        before, entry.record = entry.record, msgspec.structs.replace(entry.record, **changes)
        if not self.holds(entry) or not (before.needed or entry.record.needed):
            return None
        return self.remember(entry)

    def remember(self, entry: Entry) -> asyncio.Task[None]:
        """Write a cluster's record as it is now."""
        record = entry.record
        if not record.needed:
            return self._writes.start(self._records.remove(record.id), "Forgetting a cluster")
        return self._writes.start(self._records.put(record), "Remembering a cluster")

"""The cluster manager: the only owner of state.

It knows asyncio and the contract of a backend, and nothing of tornado or jupyter_server. Its parts do one thing each: :mod:`.roster` holds the
clusters, :mod:`.listing` and :mod:`.reconciling` keep them true, :mod:`.creation`, :mod:`.scaling` and :mod:`.ending` change them.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .backend_states import BackendStates
from .backend_verbs import BackendVerbs
from .backends.base import Backend, DashboardTarget, Observation, in_order
from .calls import call
from .creation import Creator
from .detail_models import LogList, WorkerList
from .ending import Ender
from .errors import NotFound, WrongState
from .models import (
    AdaptCluster,
    Adaptive,
    BackendEvent,
    Cluster,
    ClusterEvent,
    ClusterList,
    CreateCluster,
    Manual,
    ScaleCluster,
    UpdateCluster,
)
from .reconciling import Reconciler
from .records import Record, Records
from .region import Regions
from .roster import Entry, Roster
from .scaling import Scaler, as_asked
from .snippet_models import SnippetList
from .snippets.names import Names
from .snippets.wanted import Wanted, as_wanted
from .start_times import StartTimes
from .tasks import Tasks
from .timings import DEFAULT_TIMINGS, Timings
from .users import Resolver, Users, knows_nobody
from .versions import ClusterVersions

LOST = "The server stopped before the backend had answered, and the backend lists no cluster that is surely this one. Try again."
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Watchable:
    """A running cluster, for the watcher."""

    id: str
    backend: Backend
    name: str = field(repr=False)


class ClusterManager(BackendVerbs):
    """The clusters of all backends.

    Every verb raises the errors of :mod:`pccompute_ext.errors` and nothing else: ``NotFound`` for an unknown backend or cluster, ``WrongState`` where
    the cluster's state does not allow it, and what the backend says. To be made and used in a running event loop.

    Parameters
    ----------
    backends
        In the order in which they are shown; their ids differ.
    records
        What must survive a restart of the server.
    log
        Gets no secret.
    on_cluster, on_backend
        Called in the event loop after a public model changed; never for a change that can't be seen.
    starts
        Where it is kept how long starts take; by default only in memory.
    find_users
        Tells which clients of the clusters are known here.
    regions
        Tells which backends compute beside the data; by default nobody wants to know.
    """

    def __init__(
        self,
        backends: Sequence[Backend],
        records: Records,
        log: logging.Logger,
        *,
        on_cluster: Callable[[ClusterEvent], None] = lambda event: None,
        on_backend: Callable[[BackendEvent], None] = lambda event: None,
        starts: StartTimes | None = None,
        find_users: Resolver = knows_nobody,
        regions: Regions | None = None,
        timings: Timings = DEFAULT_TIMINGS,
    ) -> None:
        self.timings = timings
        self._backends = {backend.id: backend for backend in in_order(backends)}
        self._records = records
        self.log = log
        self._tasks = Tasks(log)
        self._writes = Tasks(log)
        self._closed = False
        self._leased_until = float("-inf")
        self._leased = asyncio.Event()
        self._starts = starts or StartTimes(None, log)
        self._roster = Roster(records, self._starts, self._writes, on_cluster)
        self._users = Users(self._roster, self._tasks, find_users)
        self.regions = regions or Regions()
        self._states = BackendStates(backends, self._tasks, timings, log, on_backend, self.regions)
        self._scaler = Scaler(self._roster, self._tasks, timings, log)
        self._reconciler = Reconciler(
            self._roster, self._tasks, timings, log, on_running=self._scaler.pursue, on_named=lambda entry: self._creator.follow(entry)
        )
        self._listings = {backend.id: self._list(backend) for backend in backends}
        self._ender = Ender(self._roster, self._reconciler, self._tasks, timings, log)
        self._creator = Creator(self._roster, self._reconciler, self._ender, self._listings, self._tasks, timings, log)

    # -- life ----------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Load the records and take up what was under way. Returns without having asked a backend."""
        self._tasks.start(self._states.look_for_region(), "Looking for the region of this machine")
        await self._starts.load()
        for record in await self._records.load():
            backend = self._backends.get(record.backend)
            if backend is not None:
                self._take_up(backend, record)

    async def close(self, *, end_kinds: Collection[str] = ()) -> None:
        """End all tasks and close the backends; the clusters of those whose ``kind`` is in ``end_kinds`` are stopped.

        Does not raise, and takes ``close_within`` at most for the backends, side by side. Closing again does nothing.
        """
        if self._closed:
            return
        self._closed = True
        await self._tasks.close()
        await asyncio.gather(*(self._close(backend, stop_clusters=backend.kind in end_kinds) for backend in self._backends.values()))
        await self._writes.drain()

    # -- verbs on clusters ---------------------------------------------------------------------------------------------

    async def clusters(self) -> ClusterList:
        """All clusters of all backends, newest first within a backend; and renew the lease.

        At once, with what is at most ``known_for`` old; where that is not known, it takes ``list_within`` at most.
        """
        self.renew_lease()
        await self.refresh(self.timings.known_for)
        self._users.look()
        order = {id: place for place, id in enumerate(self._backends)}
        entries = sorted((entry for entry in self._roster if not entry.hidden), key=lambda entry: entry.created or LONG_AGO, reverse=True)
        entries.sort(key=lambda entry: order[entry.backend.id])
        return ClusterList(
            clusters=[self._roster.shown(entry) for entry in entries],
            problems=[listing.problem for listing in self._listings.values() if listing.problem is not None],
        )

    async def create(self, request: CreateCluster) -> Cluster:
        """Ask for a new cluster; it is pending in the answer, which comes with the backend's own or after ``answer_within``.

        The same request with the same id gives the same cluster again.

        Raises
        ------
        Refused
            In the backend's own words; then nothing is listed. A refusal later than ``answer_within`` makes the cluster ``failed`` instead.
        WrongState
            The id belongs to another cluster.
        """
        return await self._creator.create(self._backend(request.backend), request)

    async def get(self, cluster_id: str) -> Cluster:
        """One cluster as it is now."""
        return self._roster.model(await self._find(cluster_id))

    async def update(self, cluster_id: str, request: UpdateCluster) -> Cluster:
        """Set or (``None``) clear the label; it is kept here, also for clusters that were made elsewhere."""
        entry = await self._find(cluster_id)
        written = self._roster.keep(entry, label=request.label)
        self._roster.tell(entry)
        if written is not None:
            await asyncio.shield(written)
        return self._roster.model(entry)

    async def scale(self, cluster_id: str, request: ScaleCluster) -> Cluster:
        """Fix the number of workers; of a pending cluster as soon as it runs.

        Of several requests for one cluster the last one wins. Answers with the backend, or after ``answer_within`` with ``confirmed`` still false.
        """
        return await self._resize(cluster_id, Manual(count=request.count))

    async def adapt(self, cluster_id: str, request: AdaptCluster) -> Cluster:
        """Let the cluster size itself between bounds; otherwise like :meth:`scale`."""
        return await self._resize(cluster_id, Adaptive(minimum=request.minimum, maximum=request.maximum))

    async def stop(self, cluster_id: str) -> None:
        """Stop a running cluster, cancel a pending one, dismiss a failed or stopped one. Stopping one that is stopping is a success."""
        if self._roster.has_ended(cluster_id):
            return
        await self._ender.end(await self._find(cluster_id))

    async def snippets(self, cluster_id: str, *, taken: Collection[str] = (), origin: str | None = None) -> SnippetList:
        """The ways to use a cluster, in code that leaves the names in ``taken`` alone. They hold its full name, which is a secret.

        Parameters
        ----------
        origin
            See :class:`~pccompute_ext.snippets.wanted.Wanted`.
        """
        entry = await self._find(cluster_id)
        if entry.name is None:
            raise WrongState("The backend has not named this cluster yet, so nothing can connect to it. Wait until it is running.")
        wanted = Wanted(entry.name, entry.options, as_wanted(entry.scaling), Names(taken), origin)
        return await self._snippets(entry.backend, wanted)

    async def dashboard(self, cluster_id: str) -> DashboardTarget:
        """Where a running cluster's dashboard is: for our proxy, never for an answer."""
        entry, name = await self._find_running(cluster_id, "dashboard")
        target = await call(entry.backend, entry.backend.dashboard(name), within=self.timings.call_within, log=self.log)
        if target is None:
            raise NotFound("This cluster has no dashboard that can be reached from here.")
        return target

    async def workers(self, cluster_id: str) -> WorkerList:
        """The workers of a running cluster, by name."""
        entry, name = await self._find_running(cluster_id, "workers")
        workers = await call(entry.backend, entry.backend.workers(name), within=self.timings.look_within, log=self.log)
        return WorkerList(workers=workers)

    async def logs(self, cluster_id: str, lines: int) -> LogList:
        """The last ``lines`` lines of the logs of a running cluster's scheduler and workers."""
        entry, name = await self._find_running(cluster_id, "logs that could be read")
        return await call(entry.backend, entry.backend.logs(name, lines), within=self.timings.look_within, log=self.log)

    async def versions(self, cluster_id: str) -> ClusterVersions:
        """What is installed on a running cluster."""
        entry, name = await self._find_running(cluster_id, "versions that could be looked at")
        return await call(entry.backend, entry.backend.versions(name), within=self.timings.look_within, log=self.log)

    # -- for the watcher -----------------------------------------------------------------------------------------------

    def renew_lease(self) -> None:
        """Say that somebody looks: for the next ``lease`` seconds the clusters are watched. :meth:`clusters` does it too."""
        self._leased_until = asyncio.get_running_loop().time() + self.timings.lease
        self._leased.set()

    @property
    def looked_at(self) -> bool:
        """Whether the lease lives."""
        return asyncio.get_running_loop().time() < self._leased_until

    async def wait_for_look(self) -> None:
        """Return as soon as somebody looks."""
        while not self.looked_at:
            self._leased.clear()
            await self._leased.wait()

    async def wait_for_change(self, seconds: float) -> None:
        """Return as soon as a cluster begins or ceases to run, or after so many seconds."""
        changed = self._roster.running_changed
        changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await changed.wait()

    async def refresh(self, known_for: float = 0.0) -> None:
        """Ask every backend for its clusters, side by side, unless that was done within ``fresh_for``. Does not renew the lease.

        Nobody waits for a backend that answered when it was last asked, and gave a list that is at most ``known_for`` old.
        """
        await asyncio.gather(*(listing.refresh(known_for) for listing in self._listings.values()))
        self._reconciler.forget_old()
        self._scaler.forget_removed()

    def watchable(self) -> list[Watchable]:
        """The clusters that can be watched now."""
        return [Watchable(entry.id, entry.backend, entry.name) for entry in self._roster if entry.state == "running" and entry.name is not None]

    def observed(self, cluster_id: str, observation: Observation) -> None:
        """Take a running cluster's figures; for one that is not running (any more) they are dropped."""
        entry = self._roster.get(cluster_id)
        if entry is not None and entry.state == "running":
            self._scaler.observed(entry, observation)
            self._users.observed(entry)

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _find(self, id: str) -> Entry:
        entry = self._roster.get(id)
        if entry is None:
            # It may have been made elsewhere a moment ago, or this server may just have started.
            await self.refresh()
            entry = self._roster.get(id)
        if entry is None or entry.hidden:
            raise NotFound("There is no such cluster. It may have ended; refresh the list.")
        return entry

    async def _find_running(self, id: str, what: str) -> tuple[Entry, str]:
        """A running cluster with its backend's name for it; ``what`` is what only a running one has."""
        entry = await self._find(id)
        if entry.state != "running" or entry.name is None:
            raise WrongState(f"The cluster is {entry.state}, so it has no {what}. Only a running cluster has.")
        return entry, entry.name

    async def _resize(self, cluster_id: str, wanted: Adaptive | Manual) -> Cluster:
        entry = await self._find(cluster_id)
        await self._scaler.request(entry, wanted)
        if entry.state == "pending" and entry.name is not None:
            self._creator.follow(entry)
        return self._roster.model(entry)

    def _take_up(self, backend: Backend, record: Record) -> None:
        """Go on with a cluster where the last server left it. It counts as old until its backend has been asked."""
        if record.failure is not None:
            entry = Entry(backend, record, state="failed")
        else:
            entry = Entry(backend, record, state="stopping" if record.ending else "running" if record.ran else "pending", stale=True)
        if record.scaling is not None:
            entry.scaling = as_asked(record.scaling, confirmed=record.applied)
        if record.name is None and not entry.ended:
            entry.unanswered = LOST
        self._roster.add(entry)
        if entry.state == "running":
            self._scaler.pursue(entry)
        elif not entry.ended and (record.made_here or record.ending or not record.applied):
            self._creator.follow(entry)

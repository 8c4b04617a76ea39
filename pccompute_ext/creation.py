"""How a cluster comes to be: asked for once, followed until it runs, and given the size that it was to have."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from datetime import UTC, datetime

import msgspec

from .backends.base import Backend
from .calls import call, settled
from .ending import Ender
from .errors import BackendFailed, BackendTimeout, ComputeError, NotFound, WrongState
from .listing import Listing
from .models import Cluster, CreateCluster
from .reconciling import Reconciler
from .records import Record
from .roster import Entry, Roster
from .scaling import as_asked
from .tasks import Tasks
from .timings import Timings


def digest_of(request: CreateCluster) -> str:
    """Tells whether two requests ask for the same, whatever their ids."""
    body = msgspec.json.encode((request.backend, request.options, request.scaling, request.label), order="sorted")
    return hashlib.blake2s(body).hexdigest()


class Creator:
    """Makes clusters."""

    def __init__(
        self,
        roster: Roster,
        reconciler: Reconciler,
        ender: Ender,
        listings: dict[str, Listing],
        tasks: Tasks,
        timings: Timings,
        log: logging.Logger,
    ) -> None:
        self._roster = roster
        self._reconciler = reconciler
        self._ender = ender
        self._listings = listings
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._submissions: dict[str, asyncio.Task[None]] = {}
        self._shown_as_pending: set[str] = set()
        """Ids of clusters that somebody was told are pending: these must not just vanish."""
        self._followed: dict[Entry, asyncio.Task[None]] = {}

    async def create(self, backend: Backend, request: CreateCluster) -> Cluster:
        """See :meth:`pccompute_ext.manager.ClusterManager.create`."""
        entry = self._known(request)
        if entry is None:
            entry = self._enter(backend, request)
        if entry.hidden and entry.id not in self._submissions:
            # Whether the first try made a cluster is still open: the second one finds that out first.
            entry.hidden = False
            self._roster.tell(entry)
            self._submit(entry)
        submission = self._submissions.get(entry.id)
        if submission is not None:
            await self._wait(entry, submission)
        return self._roster.model(entry)

    def follow(self, entry: Entry) -> None:
        """Follow a cluster, without anybody looking, until it runs and has its size, or has ended; harmless to call again."""
        if entry not in self._followed:
            task = self._tasks.start(self._follow(entry), "Following a new cluster")
            self._followed[entry] = task
            task.add_done_callback(lambda _: self._followed.pop(entry, None))

    # -- asking --------------------------------------------------------------------------------------------------------

    def _known(self, request: CreateCluster) -> Entry | None:
        if request.id is msgspec.UNSET:
            return None
        entry = self._roster.get(request.id)
        if entry is None:
            if self._roster.has_ended(request.id):
                raise WrongState("This cluster was asked for before and has ended since. Choose a new id for a new cluster.")
            return None
        if entry.record.digest != digest_of(request):
            raise WrongState("Another cluster has this id already. Choose a new id for a new cluster.")
        return entry

    def _enter(self, backend: Backend, request: CreateCluster) -> Entry:
        record = Record(
            id=secrets.token_hex(8) if request.id is msgspec.UNSET else request.id,
            backend=backend.id,
            made_here=True,
            label=request.label,
            created=datetime.now(UTC),
            options=request.options,
            digest=digest_of(request),
            scaling=request.scaling,
            applied=request.scaling is None,
        )
        entry = Entry(backend, record, state="pending")
        entry.asked_at = asyncio.get_running_loop().time()
        if request.scaling is not None:
            entry.scaling = as_asked(request.scaling, confirmed=False)
        self._roster.add(entry)
        self._submit(entry)
        return entry

    def _submit(self, entry: Entry) -> None:
        task = self._tasks.start(self._ask(entry), "Creating a cluster")
        self._submissions[entry.id] = task
        task.add_done_callback(lambda _: self._submissions.pop(entry.id, None))

    async def _wait(self, entry: Entry, submission: asyncio.Task[None]) -> None:
        try:
            answered = await settled(submission, within=self._timings.answer_within)
        except asyncio.CancelledError:
            self._shown_as_pending.add(entry.id)
            raise
        if not answered:
            self._shown_as_pending.add(entry.id)
        elif not submission.cancelled() and (error := submission.exception()):
            raise error

    async def _ask(self, entry: Entry) -> None:
        entry.asking = True
        try:
            if entry.unanswered is None or not await self._found(entry):
                if entry.unanswered is not None:
                    # Still not known: asking again could make a second cluster.
                    raise BackendFailed(entry.unanswered)
                await self._ask_backend(entry)
        except ComputeError as error:
            self._refused(entry, error)
            raise
        finally:
            entry.asking = False
            self._shown_as_pending.discard(entry.id)

    async def _ask_backend(self, entry: Entry) -> None:
        entry.submitting = True
        backend = entry.backend
        try:
            # On the disk before the backend hears of it, so that a cluster never is without a record.
            await asyncio.shield(self._roster.remember(entry))
            if entry.record.ending:
                self._roster.remove(entry)
                return
            name = await call(backend, backend.create(entry.record.options), within=self._timings.call_within, log=self._log)
        except (BackendFailed, BackendTimeout) as error:
            entry.submitting = False
            entry.unanswered = error.message
            if await self._found(entry):
                return
            raise
        finally:
            entry.submitting = False
        if written := self._reconciler.adopt(entry, name):
            await asyncio.shield(written)

    async def _found(self, entry: Entry) -> bool:
        """Look whether a cluster came to be although the answer is missing."""
        await self._listings[entry.backend.id].renew()
        return entry.name is not None

    def _refused(self, entry: Entry, error: ComputeError) -> None:
        shown = entry.id in self._shown_as_pending
        if entry.unanswered is not None:
            # It may have come to be: kept, until the backend's list tells.
            entry.hidden = not shown and not entry.record.ending
            self._roster.tell(entry)
            self.follow(entry)
        elif shown and not entry.record.ending:
            self._reconciler.fail(entry, error.message)
        else:
            self._roster.remove(entry)

    # -- following -----------------------------------------------------------------------------------------------------

    async def _follow(self, entry: Entry) -> None:
        pauses = self._timings.pauses()
        while self._roster.holds(entry):
            if entry.name is None:
                await self._listings[entry.backend.id].renew()
            else:
                if entry.record.ending:
                    self._ender.finish(entry)
                if await self._described(entry, entry.name) and entry.state == "pending":
                    pauses = self._timings.pauses()
            if entry.ended or entry.state == "running":
                return
            await asyncio.sleep(next(pauses))

    async def _described(self, entry: Entry, name: str) -> bool:
        asked_at = asyncio.get_running_loop().time()
        try:
            report = await call(entry.backend, entry.backend.describe(name, wait=True), within=self._timings.call_within, log=self._log)
        except NotFound:
            self._reconciler.end(entry, None)
        except ComputeError:
            return False
        else:
            self._reconciler.apply(entry, report, asked_at)
        return True

"""Whether each backend can be used, as last seen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

import msgspec

from .backends.base import Backend, Health, in_order
from .calls import call, settled
from .errors import ComputeError, CredentialNeeded, Unavailable
from .models import Backend as BackendModel
from .models import BackendEvent, BackendList, BackendState, CredentialStatus
from .region import Regions
from .tasks import Tasks
from .timings import Timings


def state_after(error: ComputeError) -> BackendState:
    """Tell what an error says of a backend as a whole."""
    if isinstance(error, CredentialNeeded):
        return "needs-credential"
    if isinstance(error, Unavailable):
        return "unavailable"
    return "unreachable"


class BackendStates:
    """The public models of the backends; tells changes to ``on_backend``."""

    def __init__(
        self,
        backends: Sequence[Backend],
        tasks: Tasks,
        timings: Timings,
        log: logging.Logger,
        on_backend: Callable[[BackendEvent], None],
        regions: Regions,
    ) -> None:
        self._backends = in_order(backends)
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._on_backend = on_backend
        self._regions = regions
        self._known: dict[str, BackendModel] = {}
        self._questions: dict[str, asyncio.Task[None]] = {}
        self._account_questions: dict[str, asyncio.Task[None]] = {}

    def add(self, backend: Backend) -> None:
        """Take in another backend."""
        self._backends = in_order([*self._backends, backend])

    async def remove(self, backend: Backend) -> None:
        """Leave a backend out from now on."""
        self._backends.remove(backend)
        for questions in (self._questions, self._account_questions):
            if (question := questions.get(backend.id)) is not None:
                question.cancel()
                await asyncio.wait({question})
        if self._known.pop(backend.id, None) is not None:
            self._on_backend(BackendEvent(removed=backend.id))

    async def look_for_region(self) -> None:
        """Find out where this machine is, and tell of the backends for which that makes a difference."""
        await self._regions.look()
        for backend in self._backends:
            if (known := self._known.get(backend.id)) is not None:
                self._set(backend, Health(known.state, known.reason))

    async def ask_one(self, backend: Backend) -> BackendModel:
        """Ask a backend anew, since something about it was changed."""
        if (question := self._questions.get(backend.id)) is not None:
            await asyncio.wait({question})
        await self._ask_in_time(backend)
        return self._known[backend.id]

    async def ask(self) -> BackendList:
        """Ask all backends side by side. One that does not answer within ``list_within`` counts as unreachable until it does."""
        await asyncio.gather(*(self._ask_in_time(backend) for backend in self._backends))
        return BackendList(backends=[self._known[backend.id] for backend in self._backends])

    def note(self, backend: Backend, error: ComputeError | None) -> None:
        """Learn from another question to a backend how it is."""
        if error is not None:
            self._set(backend, Health(state_after(error), error.message))
        elif self._known.get(backend.id) is None or self._known[backend.id].state != "ready":
            # It may list clusters and yet not be fit for new ones: let it say so itself.
            self._question(backend)

    async def _ask_in_time(self, backend: Backend) -> None:
        answered = await settled(self._question(backend), within=self._timings.list_within)
        if not answered or backend.id not in self._known:
            self._set(backend, Health("unreachable", f"{backend.label} is slow to answer. It may be down; this is asked again by itself."))

    def _question(self, backend: Backend) -> asyncio.Task[None]:
        task = self._questions.get(backend.id)
        if task is None:
            self._questions[backend.id] = task = self._tasks.start(self._ask(backend), "Asking a backend for its state")
            task.add_done_callback(lambda _: self._questions.pop(backend.id, None))
        return task

    async def _ask(self, backend: Backend) -> None:
        try:
            health = await call(backend, backend.health(), within=self._timings.call_within, log=self._log)
        except ComputeError as error:
            health = Health(state_after(error), error.message)
        self._set(backend, health)
        self._question_account(backend)
        try:
            # It may ask a hub whose the credential is: nobody has to wait for that to see how the backend is.
            credential = await call(backend, backend.credential(), within=self._timings.call_within, log=self._log)
        except ComputeError as error:
            self._log.debug("Nothing is known of the credential for %s: %s", backend.label, error.message)
            credential = None
        self._set(backend, health, credential=credential)

    def _question_account(self, backend: Backend) -> None:
        """A provider may take long to tell, and nobody is to wait for that: when it has, the change is told."""
        if backend.id not in self._account_questions:
            self._account_questions[backend.id] = task = self._tasks.start(self._ask_account(backend), "Asking with which sign-in clusters are made")
            task.add_done_callback(lambda _: self._account_questions.pop(backend.id, None))

    async def _ask_account(self, backend: Backend) -> None:
        try:
            account = await call(backend, backend.account(), within=self._timings.call_within, log=self._log)
        except ComputeError as error:
            self._log.debug("Nothing is known of the account of %s: %s", backend.label, error.message)
            return
        known = self._known.get(backend.id)
        if known is not None and known.account != account:
            self._tell(backend, msgspec.structs.replace(known, account=account))

    def _set(self, backend: Backend, health: Health, **credential: CredentialStatus | None) -> None:
        known = self._known.get(backend.id)
        model = BackendModel(
            id=backend.id,
            kind=backend.kind,
            label=backend.label,
            address=backend.address,
            state=health.state,
            reason=health.reason,
            editable=backend.editable,
            credential=credential.get("credential", known.credential if known else None),
            region=self._regions.of(backend),
            account=known.account if known else None,
            finds_leftovers=backend.finds_leftovers,
        )
        self._tell(backend, model)

    def _tell(self, backend: Backend, model: BackendModel) -> None:
        if backend not in self._backends:
            return
        if self._known.get(backend.id) != model:
            self._known[backend.id] = model
            self._on_backend(BackendEvent(backend=model))

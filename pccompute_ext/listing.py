"""The list of one backend's clusters: asked for once at a time, and never waited for too long."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from .backends.base import Backend
from .calls import call, settled
from .errors import BackendTimeout, ComputeError
from .models import BackendProblem
from .reconciling import Reconciler
from .roster import Roster
from .tasks import Tasks
from .timings import Timings


class Listing:
    """One backend's part of the list.

    Parameters
    ----------
    on_answer
        Called with ``None`` after the backend has answered, and with the error after it failed to.
    """

    def __init__(
        self,
        backend: Backend,
        roster: Roster,
        reconciler: Reconciler,
        tasks: Tasks,
        timings: Timings,
        log: logging.Logger,
        on_answer: Callable[[Backend, ComputeError | None], None],
    ) -> None:
        self.backend = backend
        self.problem: BackendProblem | None = None
        self._roster = roster
        self._reconciler = reconciler
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._on_answer = on_answer
        self._task: asyncio.Task[None] | None = None
        self._begun_at = float("-inf")
        self._ended_at = float("-inf")
        self._known_at = float("-inf")
        """When the backend was asked for the list that is known, if it has answered ever since."""
        self._failing = False

    async def refresh(self, known_for: float = 0.0) -> None:
        """Have a list that is at most ``fresh_for`` old, or know why not.

        Takes ``list_within`` at most; an answer that is slower is still taken when it comes.

        Parameters
        ----------
        known_for
            The age in seconds up to which a list that is known will do: then nobody waits for the one that is asked for. Of a backend that has
            failed since, nothing is known.
        """
        now = asyncio.get_running_loop().time()
        if self._task is None or self._task.done():
            if now - self._ended_at < self._timings.fresh_for:
                return
            self._begin()
        if now - self._known_at >= known_for:
            await self._answer()

    async def close(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def renew(self) -> None:
        """Ask anew, after now, and wait for the answer however long it takes. Until then nothing is known."""
        self._known_at = float("-inf")
        if self._task is not None and not self._task.done():
            await asyncio.wait({self._task})
            # That was asked for before.
            self._known_at = float("-inf")
        await asyncio.wait({self._begin()})

    def _begin(self) -> asyncio.Task[None]:
        if self._task is None or self._task.done():
            self._begun_at = asyncio.get_running_loop().time()
            self._task = self._tasks.start(self._ask(), "Listing clusters")
        return self._task

    async def _answer(self) -> None:
        assert self._task is not None
        left = self._begun_at + self._timings.list_within - asyncio.get_running_loop().time()
        if not await settled(self._task, within=max(left, 0.0)):
            self._fail(BackendTimeout(f"{self.backend.label} is slow to answer. What was last known of its clusters is shown."))

    async def _ask(self) -> None:
        try:
            reports = await call(self.backend, self.backend.clusters(), within=self._timings.call_within, log=self._log)
            await self._reconciler.apply_list(self.backend, reports, self._begun_at)
        except ComputeError as error:
            self._fail(error)
        else:
            self._failing = False
            self.problem = None
            self._known_at = self._begun_at
            self._on_answer(self.backend, None)
        finally:
            self._ended_at = asyncio.get_running_loop().time()

    def _fail(self, error: ComputeError) -> None:
        if not self._failing:
            self._log.warning("The clusters of %s can't be listed: %s", self.backend.label, error.message)
        self._failing = True
        self._known_at = float("-inf")
        self.problem = BackendProblem(backend=self.backend.id, code=error.code, message=error.message)
        for entry in self._roster.of(self.backend):
            if not entry.ended:
                entry.stale = True
                self._roster.tell(entry)
        self._on_answer(self.backend, error)

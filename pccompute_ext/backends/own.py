"""Clusters of any class that an operator allows, each run by a supervisor beside the Jupyter server."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final

import msgspec

from ..detail_models import LogList, WorkerInfo
from ..errors import BackendTimeout, ComputeError, NotFound, Unavailable, WrongState
from ..models import Account, LeftoverList, Offers, OptionsForm
from ..snippet_models import Snippet
from ..snippets.catalog import own_ways
from ..snippets.wanted import Wanted
from ..supervisor.control_line import NoAnswer, tell
from ..supervisor.files import CONNECTION
from ..supervisor.state import ENDED
from ..versions import ClusterVersions
from .base import Backend, ClusterReport, DashboardTarget, Health, Observation, Scaled
from .own_clusters import Found, OwnClusters
from .own_entry import OwnEntry
from .own_form import OwnForm
from .own_inside import OwnInside
from .own_known import KNOWN
from .own_process import start_supervisor
from .own_questions import OwnQuestions
from .own_scaling import clamped_adapt, clamped_scale

log = logging.getLogger(__name__)

_WAIT: Final = 15.0
_LOOK_EVERY: Final = 0.25
_ANSWER_WITHIN: Final = 30.0


class OwnBackend(Backend):
    """One entry of the configuration.

    Parameters
    ----------
    entry
        The class and what may be done with it.
    directory
        For the clusters' directories; made with the first one, private to the user.
    """

    kind: ClassVar[str] = "own"

    def __init__(self, *, id: str, label: str, entry: OwnEntry, directory: Path) -> None:
        super().__init__(id=id, label=label)
        self.entry = entry
        self._clusters = OwnClusters(directory)
        self._form = OwnForm(entry)
        self._inside = OwnInside(self._running)
        self._questions = OwnQuestions(entry, self._form, self._clusters)
        self._known_class = KNOWN.get(entry.class_path)
        self.finds_leftovers = self._known_class is not None
        self._looked_at: set[str] = set()

    @property
    def limit(self) -> int | None:
        return self.entry.limits.workers

    @property
    def region(self) -> str | None:
        if self._known_class is None:
            return super().region
        parameter = self._known_class.region
        return str(self.entry.defaults.get(parameter) or self._known_class.form[parameter]["default"])

    async def close(self, *, stop_clusters: bool) -> None:
        """Have the clusters stopped where asked; their supervisors see to the rest, also when this server is gone."""
        if stop_clusters:
            found = await asyncio.to_thread(self._clusters.all)
            # One that does not answer keeps no other from being stopped.
            await asyncio.gather(*(self.stop(cluster.name) for cluster in found), return_exceptions=True)

    async def health(self) -> Health:
        try:
            await self._form.look()
        except Unavailable as error:
            return Health("unavailable", error.message)
        return Health("ready")

    async def options(self) -> OptionsForm:
        return await self._form.form(self.limit)

    async def account(self) -> Account | None:
        return await self._questions.account() if self._known_class is not None else None

    async def offers(self, options: Mapping[str, Any]) -> Offers:
        return await self._questions.offers(options) if self._known_class is not None else Offers()

    async def leftovers(self) -> LeftoverList:
        return await self._questions.leftovers() if self._known_class is not None else await super().leftovers()

    async def take_leftover(self, id: str) -> ClusterReport:
        if self._known_class is None:
            return await super().take_leftover(id)
        name = await self._questions.adopt(id)
        adopted = await self._known(name)
        await self.stop(name)
        found = await self._find(name)
        return replace(adopted.public, state="stopping", reason=None, remains=()) if found is None else found.public

    async def clusters(self) -> list[ClusterReport]:
        found = await asyncio.to_thread(self._clusters.all)
        for cluster in found:
            if cluster.is_lost and cluster.name not in self._looked_at:
                self._looked_at.add(cluster.name)
                log.warning("The supervisor of a cluster of %s ended unexpectedly. What is left of the cluster is looked at.", self.label)
                # The list does not depend on it.
                with suppress(ComputeError):
                    await start_supervisor(self.entry.python, cluster.directory, "--look")
        return [cluster.public for cluster in found]

    async def create(self, options: Mapping[str, Any]) -> str:
        values, arguments = await self._form.chosen(options)
        limits = self.entry.limits
        order = self.entry.order(
            arguments=arguments,
            options=values,
            created=time.time(),
            start_within=limits.start_within,
            idle_timeout=limits.idle_timeout,
            prices={} if self.entry.prices is None else msgspec.to_builtins(self.entry.prices),
        )
        name = secrets.token_hex(16)
        directory = await asyncio.to_thread(self._clusters.make, name, order)
        try:
            await start_supervisor(self.entry.python, directory)
        except ComputeError:
            await asyncio.to_thread(self._clusters.give_up, name)
            raise
        return name

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        first = (await self._known(name)).public
        report = first
        end = asyncio.get_running_loop().time() + (_WAIT if wait else 0.0)
        # How its start goes is worth an answer too.
        while report.state == "pending" and report.progress == first.progress and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK_EVERY)
            report = (await self._known(name)).public
        return report

    async def scale(self, name: str, count: int) -> Scaled:
        found = await self._running(name)
        allowed, scaled = clamped_scale(count, self.limit)
        await self._tell(found, {"do": "scale", "count": allowed})
        return scaled

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        found = await self._running(name)
        low, high, scaled = clamped_adapt(minimum, maximum, self.limit)
        await self._tell(found, {"do": "adapt", "minimum": low, "maximum": high})
        return scaled

    async def stop(self, name: str) -> None:
        found = await self._find(name)
        if found is None or (found.alive and found.state.phase == "stopping"):
            return
        if found.alive and found.state.phase not in ENDED:
            await self._tell(found, {"do": "stop"})
            return
        end = asyncio.get_running_loop().time() + _ANSWER_WITHIN
        # Whoever looks at what is left will soon have seen it.
        while found is not None and found.alive and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK_EVERY)
            found = await self._find(name)
        if found is not None and (found.is_lost or found.state.remains):
            # Where another server of this user was first, its sweep is as good.
            await start_supervisor(self.entry.python, found.directory, "--sweep")

    async def observe(self, name: str) -> Observation:
        return await self._inside.observe(name)

    def watch(self, name: str, interval: float = 2.0) -> AsyncGenerator[Observation, None]:
        return self._inside.watch(name)

    async def workers(self, name: str) -> list[WorkerInfo]:
        return await self._inside.workers(name)

    async def logs(self, name: str, lines: int) -> LogList:
        return await self._inside.logs(name, lines)

    async def versions(self, name: str) -> ClusterVersions:
        return await self._inside.versions(name)

    async def dashboard(self, name: str) -> DashboardTarget | None:
        found = await self._running(name)
        return None if found.state.dashboard is None else DashboardTarget(found.state.dashboard, secret=name)

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        connection = None if wanted.cluster is None else self._clusters.path(wanted.cluster) / CONNECTION
        try:
            made = await self._form.as_code(wanted.options)
        except Unavailable:
            # One that runs can be connected to all the same.
            if connection is None:
                raise
            made = None
        return own_ways(connection, made, wanted)

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _find(self, name: str) -> Found | None:
        return await asyncio.to_thread(self._clusters.find, name)

    async def _known(self, name: str) -> Found:
        if found := await self._find(name):
            return found
        raise NotFound("There is no such cluster, or not any more.")

    async def _running(self, name: str) -> Found:
        found = await self._known(name)
        if (state := found.public.state) != "running":
            raise WrongState(f"The cluster is {state}, so it has no figures, and its size can't be set.")
        return found

    async def _tell(self, found: Found, request: Mapping[str, Any]) -> None:
        if found.elsewhere is not None:
            raise WrongState(f"The supervisor of this cluster runs on another machine, {found.elsewhere}. Change the cluster from there.")
        try:
            answer = await tell(found.state.endpoint, request, _ANSWER_WITHIN)
        except NoAnswer:
            raise BackendTimeout("The supervisor of this cluster does not answer. It may be busy, or just have ended; try again.") from None
        if "error" in answer:
            raise WrongState(answer["error"])

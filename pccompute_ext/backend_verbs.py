"""What can be asked of a backend, and how one is added or left out: one half of the manager."""

from __future__ import annotations

import logging

import msgspec

from .backend_states import BackendStates
from .backends.base import Backend, in_order
from .calls import call
from .errors import ComputeError, NotFound, WrongState
from .listing import Listing
from .models import Backend as BackendModel
from .models import BackendList, Cluster, LeftoverList, Offers, OffersQuestion, OptionsForm
from .reconciling import Reconciler
from .roster import Roster
from .snippet_models import NewClusterCode, SnippetList
from .snippets.names import Names
from .snippets.wanted import Wanted
from .tasks import Tasks, describe_error
from .timings import Timings


class BackendVerbs:
    """The verbs on backends; :class:`~pccompute_ext.manager.ClusterManager` makes what they work with."""

    log: logging.Logger
    timings: Timings
    _backends: dict[str, Backend]
    _listings: dict[str, Listing]
    _reconciler: Reconciler
    _roster: Roster
    _states: BackendStates
    _tasks: Tasks

    async def backends(self) -> BackendList:
        """Every backend with its present state. One that does not answer within ``list_within`` is unreachable."""
        return await self._states.ask()

    def backend(self, backend_id: str) -> Backend:
        """The backend of an id."""
        return self._backend(backend_id)

    def all_backends(self) -> list[Backend]:
        """Every backend there is now, in order."""
        return list(self._backends.values())

    async def add_backend(self, backend: Backend) -> BackendModel:
        """Take in another backend, and say how it is. It is used like all others from now on."""
        if backend.id in self._backends:
            raise WrongState("There is a backend of this id already.")
        self._backends = {each.id: each for each in in_order([*self._backends.values(), backend])}
        self._listings[backend.id] = self._list(backend)
        self._states.add(backend)
        return await self._states.ask_one(backend)

    async def backend_changed(self, backend_id: str) -> BackendModel:
        """Ask a backend anew how it is and for its clusters, since its settings or its credential changed."""
        backend = self._backend(backend_id)
        model = await self._states.ask_one(backend)
        self._tasks.start(self._listings[backend_id].renew(), "Listing clusters after a change")
        return model

    async def remove_backend(self, backend_id: str) -> None:
        """Leave a backend out from now on; what is known of its clusters is forgotten, the clusters themselves are not touched.

        Raises
        ------
        WrongState
            Clusters of it are known to exist, which nobody would see any more.
        """
        backend = self._backend(backend_id)
        alive = [entry for entry in self._roster.of(backend) if not entry.ended and not entry.stale]
        if alive:
            raise WrongState(f"{backend.label} still has clusters. Stop them first; otherwise they go on unseen.", {"clusters": len(alive)})
        del self._backends[backend_id]
        await self._listings.pop(backend_id).close()
        await self._states.remove(backend)
        for entry in self._roster.of(backend):
            self._roster.remove(entry)
        await self._close(backend, stop_clusters=False)

    async def options(self, backend_id: str) -> OptionsForm:
        """The form for a new cluster. Takes ``call_within`` at most."""
        backend = self._backend(backend_id)
        form = await call(backend, backend.options(), within=self.timings.call_within, log=self.log)
        limit = self._roster.limit(backend)
        return form if limit is None else msgspec.structs.replace(form, limit=limit)

    async def offers(self, backend_id: str, question: OffersQuestion) -> Offers:
        """What there is to choose for a new cluster. Takes ``call_within`` at most."""
        backend = self._backend(backend_id)
        return await call(backend, backend.offers(question.options), within=self.timings.call_within, log=self.log)

    async def leftovers(self, backend_id: str) -> LeftoverList:
        """What clusters have left behind that nobody here knows of. Takes ``call_within`` at most."""
        backend = self._backend(backend_id)
        return await call(backend, backend.leftovers(), within=self.timings.call_within, log=self.log)

    async def take_leftover(self, backend_id: str, leftover_id: str) -> Cluster:
        """Begin to delete one of :meth:`leftovers`; it is listed as a cluster until it is gone."""
        backend = self._backend(backend_id)
        report = await call(backend, backend.take_leftover(leftover_id), within=self.timings.call_within, log=self.log)
        entry = self._roster.named(backend, report.name) or self._reconciler.take_up(backend, report)
        return self._roster.model(entry)

    async def new_cluster_snippets(self, backend_id: str, request: NewClusterCode, *, origin: str | None = None) -> SnippetList:
        """The ways to make a cluster as it is chosen in ``request``; nothing is made. Otherwise like :meth:`snippets`."""
        wanted = Wanted(None, request.options, request.scaling, Names(request.taken), origin)
        return await self._snippets(self._backend(backend_id), wanted)

    # -- for the other half -----------------------------------------------------------------------------------------------

    def _list(self, backend: Backend) -> Listing:
        return Listing(backend, self._roster, self._reconciler, self._tasks, self.timings, self.log, self._states.note)

    def _backend(self, id: str) -> Backend:
        try:
            return self._backends[id]
        except KeyError:
            raise NotFound("There is no such backend. Reload the page to see those that there are.") from None

    async def _snippets(self, backend: Backend, wanted: Wanted) -> SnippetList:
        return SnippetList(snippets=await call(backend, backend.snippets(wanted), within=self.timings.call_within, log=self.log))

    async def _close(self, backend: Backend, *, stop_clusters: bool) -> None:
        try:
            await call(backend, backend.close(stop_clusters=stop_clusters), within=self.timings.close_within, log=self.log)
        except ComputeError as error:
            self.log.warning("%s could not be closed properly: %s", backend.label, describe_error(error))
            return
        if stop_clusters:
            for entry in self._roster.of(backend):
                self._roster.remove(entry)

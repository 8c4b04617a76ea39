"""The cluster manager: the only owner of state.

It knows the contract of a backend and asyncio, and nothing of tornado or jupyter_server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from .backends.base import Backend, Observation
from .models import (
    AdaptCluster,
    BackendEvent,
    BackendList,
    Cluster,
    ClusterEvent,
    ClusterList,
    CreateCluster,
    OptionsForm,
    ScaleCluster,
    SnippetList,
    UpdateCluster,
)
from .records import Records


@dataclass(frozen=True)
class Timings:
    """How long things may take, in seconds."""

    answer_within: float = 5.0
    """The longest that a verb waits for a backend's answer to a change; then it answers with what is so and goes on in the background."""
    list_within: float = 4.0
    """The longest that a list or a state waits for one backend."""
    lease: float = 25.0
    """How long a look at the list keeps the watcher awake."""


class ClusterManager:
    """Clusters of all backends.

    Every verb raises the errors of :mod:`pccompute_ext.errors` and nothing else.

    Parameters
    ----------
    backends
        In the order in which they are shown.
    records
        What must survive a restart of the server.
    log
        Gets no secret.
    on_cluster, on_backend
        Called in the event loop after a public model changed; never for a change that can't be seen.
    """

    def __init__(
        self,
        backends: Sequence[Backend],
        records: Records,
        log: logging.Logger,
        *,
        on_cluster: Callable[[ClusterEvent], None] = lambda event: None,
        on_backend: Callable[[BackendEvent], None] = lambda event: None,
        timings: Timings = Timings(),
    ) -> None:
        raise NotImplementedError

    async def start(self) -> None:
        """Load the records and take up what was under way. Returns without having asked a backend."""

    async def close(self, *, end_kinds: Collection[str] = ()) -> None:
        """End all tasks and close the backends; the clusters of those whose ``kind`` is in ``end_kinds`` are stopped. Does not raise."""

    async def backends(self) -> BackendList:
        """Every backend with its present state. One that does not answer in time is unreachable."""
        raise NotImplementedError

    async def options(self, backend_id: str) -> OptionsForm:
        """The form for a new cluster."""
        raise NotImplementedError

    async def clusters(self) -> ClusterList:
        """All clusters of all backends, and renew the lease. Takes ``list_within`` at most."""
        raise NotImplementedError

    async def create(self, request: CreateCluster) -> Cluster:
        """Ask for a new cluster; it is pending in the answer. The same request with the same id gives the same cluster.

        Raises
        ------
        NotFound
            No such backend.
        Refused
            In the backend's own words; then nothing is listed.
        WrongState
            The id belongs to another cluster.
        """
        raise NotImplementedError

    async def get(self, cluster_id: str) -> Cluster:
        raise NotImplementedError

    async def update(self, cluster_id: str, request: UpdateCluster) -> Cluster:
        """Set or (``None``) clear the label."""
        raise NotImplementedError

    async def scale(self, cluster_id: str, request: ScaleCluster) -> Cluster:
        """Fix the number of workers. For a pending cluster: once it runs. Of several requests the last one wins."""
        raise NotImplementedError

    async def adapt(self, cluster_id: str, request: AdaptCluster) -> Cluster:
        """Let the cluster size itself between bounds. Otherwise like :meth:`scale`."""
        raise NotImplementedError

    async def stop(self, cluster_id: str) -> None:
        """Stop a running cluster, cancel a pending one, dismiss a failed or stopped one. Idempotent."""
        raise NotImplementedError

    async def snippets(self, cluster_id: str) -> SnippetList:
        """The ways to connect. WrongState while the backend has not named the cluster."""
        raise NotImplementedError

    def renew_lease(self) -> None:
        """Say that somebody looks: for the next ``lease`` seconds the clusters are watched. :meth:`clusters` does it too."""
        raise NotImplementedError

    @property
    def looked_at(self) -> bool:
        """Whether the lease lives."""
        raise NotImplementedError

    async def refresh(self) -> None:
        """Ask every backend for its clusters, unless that was done within the last second; does not renew the lease."""

    def observed(self, cluster_id: str, observation: Observation) -> None:
        """Take a running cluster's figures; an unknown id is ignored."""
        raise NotImplementedError

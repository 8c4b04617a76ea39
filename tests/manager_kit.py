"""What the tests of the manager share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from pccompute_ext.manager import ClusterManager
from pccompute_ext.models import Adaptive, Backend, BackendEvent, Cluster, ClusterEvent, CreateCluster, Manual
from pccompute_ext.records import Records
from pccompute_ext.testing.fake_backend import FakeBackend
from pccompute_ext.timings import Timings

# Every wait for a condition ends after so long, on however busy a machine. Nothing is measured against it.
PATIENCE = 30.0
# Retries at once, lists always fresh; nothing here expires or runs out of time unless a test wants it to.
QUICK = Timings(
    answer_within=PATIENCE,
    list_within=PATIENCE,
    check_within=PATIENCE,
    look_after=0.0,
    fresh_for=0.0,
    known_for=0.0,
    first_retry=0.001,
    last_retry=0.01,
    list_every=0.01,
)
ID = "0123456789abcdef"


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds, looking at every turn of the event loop."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.001)


def request(
    backend: FakeBackend, *, id: str = ID, scaling: Adaptive | Manual | None = None, label: str | None = None, cores: int = 1
) -> CreateCluster:
    return CreateCluster(backend=backend.id, id=id, options={"worker_cores": cores}, scaling=scaling, label=label)


class Server:
    """A manager with all that it tells, as one run of a server."""

    def __init__(self, directory: Path, *backends: FakeBackend, timings: Timings = QUICK) -> None:
        self.events: list[ClusterEvent] = []
        self.backend_events: list[BackendEvent] = []
        self.log = logging.getLogger("test.manager")
        self.records = Records(directory, self.log)
        self.manager = ClusterManager(
            backends, self.records, self.log, on_cluster=self.events.append, on_backend=self.backend_events.append, timings=timings
        )

    async def __aenter__(self) -> ClusterManager:
        await self.manager.start()
        return self.manager

    async def __aexit__(self, *_: object) -> None:
        await self.manager.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not [task for task in left if "pccompute_ext" in repr(task.get_coro())], "A task was left behind"

    @property
    def shown(self) -> dict[str, Cluster]:
        """What somebody knows who hears nothing but the events."""
        clusters: dict[str, Cluster] = {}
        for event in self.events:
            if event.removed is not None:
                # Also proves that nothing is taken away that was never told.
                del clusters[event.removed]
            else:
                assert event.cluster is not None
                assert clusters.get(event.cluster.id) != event.cluster, "An event without a change"
                clusters[event.cluster.id] = event.cluster
        return clusters

    @property
    def backends_told(self) -> list[Backend]:
        """The backends as they were told, in order."""
        return [event.backend for event in self.backend_events if event.backend is not None]

    def state(self, id: str = ID) -> str | None:
        cluster = self.shown.get(id)
        return cluster.state if cluster else None

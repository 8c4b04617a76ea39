"""A backend in memory, for fast tests of what stands above the backends. It proves nothing about a real one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from ..backends.base import Backend, ClusterReport, Health, Observation, ObservedScaling, Scaled
from ..detail_models import LogLine, LogList, LogSource, WorkerInfo
from ..errors import ComputeError, NotFound, Refused
from ..models import ClusterState, Live, Memory, OptionsForm, Workers
from ..snippet_models import Snippet
from ..snippets.wanted import Wanted

CORES_PER_WORKER = 1
MEMORY_PER_WORKER = 2**30


@dataclass
class FakeCluster:
    """One cluster, as the backend has it."""

    report: ClusterReport
    scaling: ObservedScaling = field(default_factory=lambda: ObservedScaling("manual", count=0))

    @property
    def wanted(self) -> int:
        return (self.scaling.minimum if self.scaling.mode == "adaptive" else self.scaling.count) or 0


class FakeBackend(Backend):
    """A backend whose answers a test controls.

    ``hold("create")`` makes calls of :meth:`create` wait until ``release("create")``; ``fail("create", error)`` makes them raise. Both take effect
    where a real backend's answer would: a held or failed call has not done its work yet, except for what is held or failed ``after`` the work.

    Parameters
    ----------
    limit
        The most workers of one cluster; more are clamped, with a warning.
    auto_run
        Whether a new cluster runs at once, or pends until :meth:`run`.
    """

    kind: ClassVar[str] = "fake"

    def __init__(self, id: str = "fake", label: str = "Fake", *, limit: int | None = None, auto_run: bool = True) -> None:
        super().__init__(id=id, label=label)
        self.max_workers = limit
        self.auto_run = auto_run
        self.known: dict[str, FakeCluster] = {}
        self.calls: Counter[str] = Counter()
        self.scalings: list[tuple[str, ObservedScaling]] = []
        """Every request to scale or adapt that arrived, in order."""
        self.state = Health("ready")
        self.client_ids: tuple[str, ...] = ()
        """The clients of every cluster."""
        self.watching: Counter[str] = Counter()
        """How many watches are open, by name."""
        self.closed: bool | None = None
        """``stop_clusters`` of :meth:`close`, once that was called."""
        self.changed = asyncio.Event()
        self._made = 0
        self._gates: dict[str, asyncio.Event] = {}
        self._errors: dict[str, tuple[BaseException, int | None]] = {}

    # -- what a test does ----------------------------------------------------------------------------------------------

    def hold(self, verb: str, *, after: bool = False) -> None:
        """Let calls of ``verb`` wait; with ``after``, once they have done their work."""
        self._gates[f"after {verb}" if after else verb] = asyncio.Event()

    def release(self, verb: str) -> None:
        for key in (verb, f"after {verb}"):
            if gate := self._gates.pop(key, None):
                gate.set()

    def fail(self, verb: str, error: BaseException, *, times: int | None = None, after: bool = False) -> None:
        """Let the next ``times`` calls of ``verb`` (``None``: all until :meth:`recover`) raise; with ``after``, once they have done their work."""
        self._errors[f"after {verb}" if after else verb] = (error, times)

    def recover(self, verb: str | None = None) -> None:
        """Let ``verb``, or everything, work again."""
        for key in list(self._errors):
            if verb is None or key.removeprefix("after ") == verb:
                del self._errors[key]

    def add(self, name: str, state: ClusterState = "running", *, options: Mapping[str, Any] | None = None) -> None:
        """Make a cluster as somebody elsewhere would."""
        self.known[name] = FakeCluster(ClusterReport(name=name, state=state, created=datetime.now(UTC), options=dict(options or {})))
        self._notify()

    def run(self, name: str | None = None) -> None:
        """Let one pending cluster, or all of them, run."""
        for key, cluster in self.known.items():
            if name in (None, key) and cluster.report.state == "pending":
                self.set_state(key, "running")

    def set_state(self, name: str, state: ClusterState, reason: str | None = None) -> None:
        cluster = self.known[name]
        cluster.report = replace(cluster.report, state=state, reason=reason)
        self._notify()

    def forget(self, name: str) -> None:
        """Let the backend not know a cluster any more."""
        del self.known[name]
        self._notify()

    # -- the contract --------------------------------------------------------------------------------------------------

    async def close(self, *, stop_clusters: bool) -> None:
        await self._enter("close")
        self.closed = stop_clusters

    async def health(self) -> Health:
        await self._enter("health")
        return self.state

    async def options(self) -> OptionsForm:
        await self._enter("options")
        return OptionsForm(
            schema={"type": "object", "properties": {"worker_cores": {"type": "integer", "minimum": 1, "maximum": 8}}, "additionalProperties": False},
            defaults={"worker_cores": 1},
        )

    async def clusters(self) -> list[ClusterReport]:
        await self._enter("clusters")
        known = [cluster.report for cluster in self.known.values()]
        reports = [report for report in known if report.state in ("pending", "running", "stopping") or report.remains]
        await self._leave("clusters")
        return reports

    async def create(self, options: Mapping[str, Any]) -> str:
        await self._enter("create")
        if unknown := sorted(set(options) - {"worker_cores"}):
            raise Refused(f"Unknown fields {unknown}")
        self._made += 1
        name = f"{self.id}.{self._made:032x}"
        self.add(name, "running" if self.auto_run else "pending", options={"worker_cores": 1, **options})
        await self._leave("create")
        return name

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        await self._enter("describe")
        while wait and self._get(name).report.state == "pending":
            self.changed.clear()
            await self.changed.wait()
            if "describe" in self._errors:
                await self._enter("describe")
        return self._get(name).report

    async def scale(self, name: str, count: int) -> Scaled:
        return await self._set("scale", name, ObservedScaling("manual", count=count))

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        return await self._set("adapt", name, ObservedScaling("adaptive", minimum=minimum, maximum=maximum))

    async def stop(self, name: str) -> None:
        await self._enter("stop")
        if name in self.known:
            self.set_state(name, "stopped")
        await self._leave("stop")

    async def observe(self, name: str) -> Observation:
        await self._enter("observe")
        return self._observation(name)

    async def watch(self, name: str, interval: float = 2.0) -> AsyncIterator[Observation]:
        self.watching[name] += 1
        try:
            while True:
                await self._enter("watch")
                yield self._observation(name)
                self.changed.clear()
                await self.changed.wait()
        finally:
            self.watching[name] -= 1

    async def workers(self, name: str) -> list[WorkerInfo]:
        await self._enter("workers")
        count = self._observation(name).workers.ready or 0
        memory = Memory(limit=MEMORY_PER_WORKER, used=0)
        return [WorkerInfo(name=f"worker-{place}", status="running", threads=CORES_PER_WORKER, memory=memory) for place in range(count)]

    async def logs(self, name: str, lines: int) -> LogList:
        await self._enter("logs")
        told = [LogLine(message=f"line {number}", level="info") for number in range(3)]
        return LogList(
            sources=[LogSource(source=source, lines=told[-lines:]) for source in ("scheduler", *(w.name for w in await self.workers(name)))]
        )

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        names = wanted.names.left_behind
        if wanted.cluster is None:
            code = f"{names.cluster} = make(**{dict(wanted.options)!r})"
            return [Snippet(id="new-cluster", title="New cluster", description="Make a cluster.", language="python", code=code, names=names)]
        code = f"{names.cluster} = connect({wanted.cluster!r})"
        return [Snippet(id="connect", title="Connect", description="Connect to the cluster.", language="python", code=code, names=names)]

    # -- inside --------------------------------------------------------------------------------------------------------

    def _get(self, name: str) -> FakeCluster:
        try:
            return self.known[name]
        except KeyError:
            raise NotFound("The backend does not know this cluster.") from None

    def _notify(self) -> None:
        self.changed.set()

    async def _enter(self, verb: str) -> None:
        self.calls[verb] += 1
        await self._pass(verb)

    async def _leave(self, verb: str) -> None:
        await self._pass(f"after {verb}")

    async def _pass(self, key: str) -> None:
        if gate := self._gates.get(key):
            await gate.wait()
        if found := self._errors.get(key):
            error, times = found
            if times is not None:
                if times <= 1:
                    del self._errors[key]
                else:
                    self._errors[key] = (error, times - 1)
            raise error

    async def _set(self, verb: str, name: str, wanted: ObservedScaling) -> Scaled:
        await self._enter(verb)
        cluster = self._get(name)
        self.scalings.append((name, wanted))
        scaled = Scaled()
        cluster.scaling = wanted
        if self.max_workers is not None and max(wanted.maximum or 0, wanted.count or 0) > self.max_workers:
            cluster.scaling = replace(
                wanted,
                minimum=None if wanted.minimum is None else min(wanted.minimum, self.max_workers),
                maximum=None if wanted.maximum is None else self.max_workers,
                count=None if wanted.count is None else self.max_workers,
            )
            scaled = Scaled(warning=f"A cluster may have {self.max_workers} workers at most.", limit=self.max_workers)
        self._notify()
        await self._leave(verb)
        return scaled

    def _observation(self, name: str) -> Observation:
        cluster = self._get(name)
        if cluster.report.state != "running":
            raise ComputeError("The cluster is not running.")
        count = cluster.wanted
        return Observation(
            workers=Workers(ready=count, arriving=0, requested=count),
            cores=float(count * CORES_PER_WORKER),
            memory=Memory(limit=count * MEMORY_PER_WORKER, used=0),
            scaling=cluster.scaling,
            clients=len(self.client_ids),
            client_ids=self.client_ids,
            live=Live(kind="stream"),
        )

"""Clusters of jobs on a real Slurm: what is asked of them happens, and whatever becomes of them no job is left."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client
from distributed.security import Security

from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.supervisor.files import CONNECTION, read_private
from tests.backends.kit import gone, running, seen, until

from .kit import backend_of, ended
from .slurm import CORES, Slurm, slurm

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def queue() -> Iterator[Slurm]:
    """A Slurm with room for two workers."""
    # A path of pytest's would be too long for a socket.
    with slurm(Path(tempfile.mkdtemp(prefix="pccompute-slurm-"))) as made:
        yield made


@pytest.fixture
def jobs(jp_asyncio_loop: asyncio.AbstractEventLoop, queue: Slurm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnBackend]:
    """The entry of an operator who offers it."""
    for name, value in queue.environment.items():
        monkeypatch.setenv(name, value)
    fixed = {
        "cores": 1,
        "memory": "512MB",
        "processes": 1,
        "scheduler_options": {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"},
    }
    form = {"walltime": {"type": "string", "title": "Time of a job", "default": "00:10:00"}}
    backend = backend_of(tmp_path / "own", {"class": "dask_jobqueue.SLURMCluster", "form": form, "defaults": fixed, "limits": {"workers": CORES + 1}})
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))


async def test_its_jobs_follow_the_size_and_end_with_the_cluster(jobs: OwnBackend, queue: Slurm) -> None:
    name = await running(jobs)
    await jobs.scale(name, CORES + 1)
    full = await seen(jobs, name, lambda observation: observation.workers.ready == CORES)
    # There is no room for one of them.
    assert (full.workers.requested, full.workers.arriving) == (CORES + 1, 1)
    assert sorted(queue.jobs()) == ["PENDING", "RUNNING", "RUNNING"]
    assert await computed(jobs, name) == 42
    await jobs.adapt(name, 0, 1)
    await seen(jobs, name, lambda observation: (observation.workers.ready, observation.workers.requested) == (0, 0))
    await jobs.scale(name, 1)
    await jobs.stop(name)
    await gone(jobs, name)
    assert queue.jobs() == []


async def test_what_a_killed_supervisor_leaves_in_the_queue_is_known_and_cancelled(jobs: OwnBackend, queue: Slurm) -> None:
    name = await running(jobs)
    await jobs.scale(name, CORES + 1)

    async def submitted() -> bool:
        return sorted(queue.jobs()) == ["PENDING", "RUNNING", "RUNNING"]

    await until(submitted, "its jobs")
    found = jobs._clusters.find(name)
    assert found is not None
    os.kill(found.state.pid, signal.SIGKILL)

    async def known() -> bool:
        remains = [line for report in await jobs.clusters() for line in report.remains]
        return any(line.startswith("Slurm job ") and "PENDING" in line for line in remains)

    await until(known, "what is left in the queue")
    await jobs.stop(name)
    await gone(jobs, name)
    assert queue.jobs() == []


async def computed(backend: OwnBackend, name: str) -> int:
    connection = read_private(backend._clusters.path(name) / CONNECTION)
    assert connection is not None
    address = connection.pop("address")
    security = Security(**connection, require_encryption=True)  # type: ignore[no-untyped-call]
    async with Client(address, security=security, asynchronous=True) as client:  # type: ignore[no-untyped-call]
        answer: int = await client.submit(sum, [40, 2])
    return answer

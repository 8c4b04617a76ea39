"""At every step of a cluster's way it may be cancelled, or its supervisor be killed: nothing is left, or it is known what is, and deleted."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

import pytest

from pccompute_ext.backends.own import OwnBackend
from tests.backends.kit import gone, running, until

from .clusters import cluster_id, ours, reached, seen_here
from .stub.azure import Azure
from .stub.script import Hold

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Step:
    """One, and what there is when it has begun: how many resources."""

    name: str
    there: int
    early: bool = False
    """Whether the request is under way, and has no effect yet."""
    of: str = "scheduler"


STEPS = [
    Step("GET subnets", 0),
    Step("PUT publicIPAddresses", 1),
    Step("PUT networkInterfaces", 2),
    Step("PUT virtualMachines", 2, early=True),
    Step("PUT virtualMachines", 4),
    Step("boot", 4),
    Step("PUT networkInterfaces", 5, of="worker"),
    Step("PUT virtualMachines", 7, of="worker"),
]


async def at(step: Step, own: OwnBackend, azure: Azure) -> tuple[str, Hold]:
    """Return a cluster that has come as far as to a step, and no further."""
    if step.of == "scheduler":
        hold = azure.hold(step.name, early=step.early)
        name = await own.create({})
    else:
        hold = azure.hold(step.name, after=1, early=step.early)
        name = await running(own)
        await own.scale(name, 1)
    await reached(hold)
    assert len(ours(azure)) == len(azure.resources_of(cluster_id(own, name))) == step.there
    return name, hold


def called(step: Step) -> str:
    return f"{step.of}, {step.name}{', under way' if step.early else ''}"


@pytest.mark.parametrize("step", STEPS, ids=called)
async def test_cancelled(own: OwnBackend, azure: Azure, step: Step) -> None:
    name, hold = await at(step, own, azure)
    await own.stop(name)
    if step.early or step.of == "worker":
        # A cluster that runs closes in order, once its workers are made.
        await seen_here(lambda: is_stopping(own, name), "its closing")
        hold.release()
    await gone(own, name)
    assert (ours(azure), azure.machines()) == ([], {})
    assert await own.clusters() == []


@pytest.mark.parametrize("step", STEPS, ids=called)
async def test_its_supervisor_is_killed(own: OwnBackend, azure: Azure, step: Step) -> None:
    name, hold = await at(step, own, azure)
    await killed(own, name)
    if step.early:
        # What was asked for is made, though nobody waits for the answer.
        hold.release()
        await seen_here(lambda: len(ours(azure)) == 4, "the machine that was asked for")
    await orphaned_and_deleted(own, name, azure)


async def test_its_supervisor_is_killed_while_it_deletes(own: OwnBackend, azure: Azure) -> None:
    waiting = azure.hold("boot")
    deleting = azure.hold("DELETE virtualMachines")
    name = await own.create({})
    await reached(waiting)
    await own.stop(name)
    await reached(deleting)
    await killed(own, name)
    deleting.release()
    await orphaned_and_deleted(own, name, azure)


def is_stopping(own: OwnBackend, name: str) -> bool:
    found = own._clusters.find(name)
    return found is None or found.state.phase == "stopping"


async def killed(own: OwnBackend, name: str) -> None:
    found = own._clusters.find(name)
    assert found is not None
    os.kill(found.state.pid, signal.SIGKILL)

    async def is_lost() -> bool:
        found = own._clusters.find(name)
        return found is not None and found.is_lost

    await until(is_lost, "the end of the supervisor")


async def orphaned_and_deleted(own: OwnBackend, name: str, azure: Azure) -> None:
    """Of a dead supervisor's cluster it is told what is left, until somebody has that deleted."""
    left = azure.resources_of(cluster_id(own, name))

    async def looked_at() -> bool:
        await own.clusters()
        return "being looked at" not in ((await own.describe(name)).reason or "")

    await until(looked_at, "a look at what is left")
    report = await own.describe(name)
    assert (report.state, len(report.remains)) == ("failed", len(left))
    assert all(any(resource.partition("/")[2] in told for told in report.remains) for resource in left), report.remains
    assert (report.reason or "").endswith(f"ended unexpectedly. {'Something' if left else 'Nothing'} of the cluster is left.")
    assert azure.resources_of(cluster_id(own, name)) == left
    await own.stop(name)

    async def ended() -> bool:
        return await own.clusters() == []

    await until(ended, "the end of what was left")
    assert (ours(azure), azure.machines()) == ([], {})

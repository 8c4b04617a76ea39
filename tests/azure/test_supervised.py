"""Clusters of Azure's virtual machines, run by real supervisors."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from pccompute_ext.backends.base import ObservedScaling
from pccompute_ext.backends.own import OwnBackend
from tests.backends.kit import gone, running, seen

from .clusters import ours, seen_here
from .stub import errors
from .stub.azure import Azure

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

COMPUTE = """
import json, sys
from distributed import Client, Security
told = json.load(open(sys.argv[1]))
address = told.pop("address")
with Client(address, security=Security(require_encryption=True, **told)) as client:
    print("computed", client.submit(sum, [40, 2]).result())
"""


async def test_a_cluster_from_its_beginning_to_its_end(own: OwnBackend, azure: Azure) -> None:
    # Azure asks for a moment's patience, and then refuses for a while to delete what it was told to.
    azure.fail("PUT virtualMachines", errors.THROTTLED)
    azure.fail("DELETE networkInterfaces", errors.NIC_RESERVED, times=2)
    name = await running(own)
    report = await own.describe(name)
    assert [line for line in report.progress if line in ("Assigned public IP", "Creating VM", "Scheduler is running")] == [
        "Assigned public IP",
        "Creating VM",
        "Scheduler is running",
    ]
    await own.scale(name, 2)
    assert (await seen(own, name, lambda observation: observation.workers.ready == 2)).workers.requested == 2
    connection = own._clusters.path(name) / "connection.json"
    program = await asyncio.create_subprocess_exec(sys.executable, "-W", "error", "-c", COMPUTE, str(connection), stdout=subprocess.PIPE)
    assert (await program.communicate())[0].split()[-2:] == [b"computed", b"42"]

    await own.adapt(name, 0, 1)
    adapted = await seen(own, name, lambda observation: observation.workers.ready == 0)
    assert adapted.scaling == ObservedScaling("adaptive", minimum=0, maximum=1)
    await seen_here(lambda: not any("worker" in one for one in ours(azure)), "the end of the workers' machines")
    await own.stop(name)
    await gone(own, name)
    assert (ours(azure), azure.machines()) == ([], {})
    assert await own.clusters() == []

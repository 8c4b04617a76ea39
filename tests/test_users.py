"""Whose Dask clients the clusters have."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from pccompute_ext.kernels import describe, find_owners, read_id
from pccompute_ext.manager import ClusterManager
from pccompute_ext.models import ClientUse
from pccompute_ext.records import Records
from pccompute_ext.roster import found_id
from pccompute_ext.testing.fake_backend import FakeBackend

# As Dask names a client, in a process that stays until its input ends.
CLIENT = "import os, sys, uuid; print('Client-' + str(uuid.uuid1(clock_seq=os.getpid())), flush=True); sys.stdin.read()"
# A kernel that is started by way of another program.
WRAPPED = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {CLIENT!r}]).returncode)"


@pytest.fixture(params=[CLIENT, WRAPPED], ids=["direct", "wrapped"])
def kernel(request: pytest.FixtureRequest) -> Iterator[tuple[int, str]]:
    """A process that is as good as a kernel: its id, and that of its client."""
    process = subprocess.Popen([sys.executable, "-c", request.param], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.pid, process.stdout.readline().strip()
    finally:
        process.communicate()


def test_the_kernel_of_a_client_is_found(kernel: tuple[int, str]) -> None:
    pid, client = kernel
    parsed = read_id(client)
    assert parsed is not None
    assert find_owners({client: parsed}, {pid: "ours"}) == {client: "ours"}
    assert find_owners({client: parsed}, {2**22 + 1: "gone"}) == {}


def test_a_client_of_another_machine_or_an_earlier_process_is_not_ours(kernel: tuple[int, str]) -> None:
    pid, client = kernel
    known = read_id(client)
    assert known is not None
    elsewhere = uuid.UUID(fields=(*known.fields[:5], known.node ^ 0xFF))
    assert find_owners({client: elsewhere}, {pid: "ours"}) == {}
    a_day = 24 * 3600 * 10**7
    time = known.time - a_day
    earlier = uuid.UUID(
        fields=(time & 0xFFFFFFFF, (time >> 32) & 0xFFFF, (time >> 48) & 0x0FFF | 0x1000, known.clock_seq_hi_variant, known.clock_seq_low, known.node)
    )
    assert earlier.time == time
    assert find_owners({client: earlier}, {pid: "ours"}) == {}


@pytest.mark.parametrize("id", ["", "Client", "Client-my-name", f"Client-{uuid.UUID(int=5)}", "Client-6f0f3b0e-5d5c-4c1e-9a57-0c8f8f0f6d21"])
def test_an_id_that_tells_nothing(id: str) -> None:
    assert read_id(id) is None


def test_how_they_are_called() -> None:
    session = {"type": "notebook", "path": "a/b.ipynb", "name": "b.ipynb"}
    assert describe("k", session) == ClientUse(label="b.ipynb", notebook="a/b.ipynb", kernel="k")
    assert describe("k", {"type": "console", "path": "console-1-x", "name": "Console 1"}).label == "Console 1"
    assert describe("k", None).notebook is None


async def test_users_are_found_once_for_the_same_clients(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.add("a")
    asked: list[set[str]] = []

    async def find(ids: Collection[str]) -> dict[str, ClientUse]:
        asked.append(set(ids))
        return {id: ClientUse(label="one.ipynb", notebook="one.ipynb", kernel="k") for id in ("x", "y")}

    log = logging.getLogger("test.users")
    manager = ClusterManager([backend], Records(tmp_path, log), log, find_users=find)
    await manager.start()
    try:
        id = found_id("fake", "a")
        await manager.clusters()
        backend.client_ids = ("x", "y", "z")
        for _ in range(3):
            manager.observed(id, await backend.observe("a"))
            await asyncio.sleep(0)
        while not (cluster := await manager.get(id)).used_by:
            await asyncio.sleep(0)
        assert cluster.clients == 3
        assert [use.label for use in cluster.used_by] == ["one.ipynb"], "Two clients of one kernel are one user"
        assert asked == [{"x", "y", "z"}]
        backend.client_ids = ()
        manager.observed(id, await backend.observe("a"))
        while (await manager.get(id)).used_by:
            await asyncio.sleep(0)
        assert len(asked) == 1
    finally:
        await manager.close()

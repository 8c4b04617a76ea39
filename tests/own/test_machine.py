"""This machine without a gateway's server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pccompute_ext.backends import local_machine, own_machine, registry
from pccompute_ext.backends.base import Health
from pccompute_ext.backends.own_machine import MachineBackend
from pccompute_ext.errors import Refused, Unavailable
from pccompute_ext.snippets.wanted import Wanted
from tests.backends.kit import gone, running, seen

from .kit import ended

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def this_machine(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MachineBackend]:
    """What is offered where dask-gateway-server is not installed."""
    monkeypatch.setattr(local_machine, "find_spec", lambda _: None)
    plan = registry.Plan(local_directory=tmp_path / "local", own_directory=tmp_path / "own", configured_gateway=False)
    (backend,) = jp_asyncio_loop.run_until_complete(registry.build(plan, logging.getLogger()))
    assert isinstance(backend, MachineBackend)
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))


async def test_its_clusters_are_those_of_dask_itself(this_machine: MachineBackend) -> None:
    assert (this_machine.kind, this_machine.label, await this_machine.health()) == ("local", "This machine", Health("ready"))
    form = await this_machine.options()
    assert set(form.defaults) == {"worker_cores", "worker_memory", "environment"}
    assert form.limit == this_machine.limit is not None
    with pytest.raises(Refused, match="worker_cores"):
        await this_machine.create({"worker_cores": 9999})
    name = await running(this_machine, worker_memory=0.5)
    await this_machine.scale(name, 1)
    full = await seen(this_machine, name, lambda observation: observation.workers.ready == 1)
    assert full.memory.limit == 2**29
    assert [way.id for way in await this_machine.snippets(Wanted(cluster=name))] == ["connect", "new-cluster"]
    await this_machine.stop(name)
    await gone(this_machine, name)


async def test_without_certificates_there_is_none(this_machine: MachineBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_machine, "find_spec", lambda _: None)
    health = await this_machine.health()
    assert health.state == "unavailable"
    assert "pip install cryptography" in (health.reason or "")
    with pytest.raises(Unavailable, match="cryptography"):
        await this_machine.create({})

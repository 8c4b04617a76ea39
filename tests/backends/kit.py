"""What the tests of backends share: waiting, for as long as a busy machine may need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

from pccompute_ext.azure.form import CLASS
from pccompute_ext.backends.base import Backend, Observation
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.errors import NotFound
from pccompute_ext.models import ClusterState

PATIENCE = 90.0


@dataclass(frozen=True)
class Fields:
    """What the forms of all kinds have, by the names that it has there.

    Attributes
    ----------
    one_core
        What is chosen to get workers with one core each.
    """

    number: str = "worker_cores"
    title: str = "Worker cores"
    too_much: int = 99
    environment: str = "environment"
    one_core: Mapping[str, object] = field(default_factory=lambda: {"worker_cores": 1})


def fields_of(backend: Backend) -> Fields:
    """Those of a backend."""
    if isinstance(backend, OwnBackend) and backend.entry.class_path == CLASS:
        return Fields("disk_size", "Disk of a machine (GB)", 9999, "env_vars", {})
    return Fields()


async def until(condition: Callable[[], Awaitable[object]], what: str) -> None:
    """Ask until the answer is true."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await condition():
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise AssertionError(f"Waited in vain for {what}") from None


async def running(backend: Backend, **options: object) -> str:
    """A new cluster that runs."""
    name = await backend.create(options)
    async with asyncio.timeout(PATIENCE):
        while (report := await backend.describe(name, wait=True)).state == "pending":
            pass
    assert report.state == "running", report.reason
    return name


async def gone(backend: Backend, name: str) -> None:
    """Wait until a cluster has ended."""

    async def ended() -> bool:
        return await state_of(backend, name) in ("stopped", None)

    await until(ended, "the end of the cluster")


async def state_of(backend: Backend, name: str) -> ClusterState | None:
    try:
        return (await backend.describe(name)).state
    except NotFound:
        return None


async def seen(backend: Backend, name: str, wanted: Callable[[Observation], object]) -> Observation:
    """Watch until an observation is as wanted."""
    latest = None
    try:
        async with asyncio.timeout(PATIENCE), aclosing(cast(AsyncGenerator[Observation, None], backend.watch(name))) as observations:
            async for latest in observations:
                if wanted(latest):
                    return latest
    except TimeoutError:
        pass
    raise AssertionError(f"Waited in vain; the latest was {latest}")

"""What goes wrong at Azure while a cluster runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.models import Workers
from tests.backends.kit import gone, running, until
from tests.own.kit import ended

from .kit import subscription
from .stub import errors
from .stub.azure import Azure

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def backend(azure: Azure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[OwnBackend]:
    for name, value in azure.environment.items():
        monkeypatch.setenv(name, value)
    backend = subscription(tmp_path, defaults=azure.arguments)
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))
    assert azure.resources() == []


async def test_why_a_worker_does_not_come_is_told_in_azures_words(backend: OwnBackend, azure: Azure) -> None:
    name = await running(backend)
    azure.fail("PUT virtualMachines", errors.QUOTA)

    async def workers() -> Workers:
        return (await backend.observe(name)).workers

    async def told() -> bool:
        return (await workers()).reason is not None

    async def size(count: int) -> bool:
        seen = await workers()
        return (seen.ready, seen.arriving, seen.reason) == (count, 0, None)

    await backend.scale(name, 1)
    await until(told, "Azure's words")
    seen = await workers()
    assert (seen.ready, seen.requested) == (0, 1)
    assert (seen.reason or "").startswith("Operation could not be completed as it results in exceeding approved Total Regional Cores quota.")
    # Nothing of it is left, and the next one comes.
    await backend.scale(name, 0)
    await until(lambda: size(0), "the end of the worker that did not come")
    await backend.scale(name, 1)
    await until(lambda: size(1), "a worker")
    await backend.stop(name)
    await gone(backend, name)

"""Questions to a real kernel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from pccompute_ext.errors import BackendFailed, NotFound
from pccompute_ext.kernel_runner import KernelRunner

pytestmark = [pytest.mark.integration]


@pytest.fixture
def kernels(jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[AsyncMappingKernelManager]:
    manager = AsyncMappingKernelManager()  # type: ignore[no-untyped-call]
    yield manager
    jp_asyncio_loop.run_until_complete(manager.shutdown_all(now=True))


async def test_questions_at_the_same_time_are_all_answered(kernels: AsyncMappingKernelManager) -> None:
    kernel = await kernels.start_kernel(kernel_name="python3")
    ask = KernelRunner(kernels)
    answers = await asyncio.gather(*(ask(kernel, f"{number} + 1") for number in range(3)))
    assert answers == ["1", "2", "3"]
    with pytest.raises(BackendFailed):
        await ask(kernel, "no_such_name")
    with pytest.raises(NotFound):
        await ask("none", "1")

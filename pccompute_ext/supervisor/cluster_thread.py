"""An event loop in a thread for the cluster's own code.

Whatever its class does there, even if it blocks for minutes, this program still answers, and can give up waiting.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class ClusterThread:
    """Runs coroutines until the process ends."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="cluster", daemon=True).start()

    async def check(self, within: float) -> None:
        """Raise :class:`TimeoutError` where something blocks it for so many seconds."""
        async with asyncio.timeout(within):
            await self.run(asyncio.sleep(0))

    def run(self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        """Run there; to be awaited here. Cancelling what comes back cancels the work."""
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

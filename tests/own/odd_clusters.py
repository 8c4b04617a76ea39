"""Classes of clusters that misbehave, as those of providers do. Imported by supervisors, so it stands alone."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Generator
from typing import Any


class Hanging:
    """Makes something, and then waits for it for ever; forgets it when it is closed."""

    def __init__(self, *, size: str = "small", asynchronous: bool = False) -> None:
        self._cluster_manager_logs: list[tuple[str, str]] = [("now", f"Creating a {size} machine")]

    def __await__(self) -> Generator[Any, Any, Hanging]:
        return self._start().__await__()

    async def close(self) -> None:
        pass

    async def _start(self) -> Hanging:
        await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(600)")
        self._cluster_manager_logs.append(("now", "Waiting for the machine"))
        await asyncio.Event().wait()
        return self


class Masking(Hanging):
    """Fails, and fails again while it cleans up: only the second error comes out."""

    async def _start(self) -> Hanging:
        try:
            raise PermissionError("Operation could not be completed: the quota of 10 cores is used up.")
        except PermissionError:
            raise AttributeError("'Masking' object has no attribute 'nic'")  # noqa: B904

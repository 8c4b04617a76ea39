"""How long starts usually take, learned for each backend."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import statistics
from pathlib import Path
from typing import Final

import msgspec

from .credentials import StoreFailed
from .credentials.private_directory import PrivateDirectory

_KEPT: Final = 20
"""So many of the last starts count: a backend that became slower or faster is soon known as such."""


class StartTimes:
    """The last start times, in seconds, of clusters that were made here.

    Parameters
    ----------
    directory
        Where they are kept, one small private file for each backend; ``None``: only in memory.
    """

    def __init__(self, directory: Path | None, log: logging.Logger) -> None:
        self._directory = PrivateDirectory(directory, log) if directory else None
        self._path = directory
        self._log = log
        self._seconds: dict[str, list[float]] = {}

    def usual(self, backend_id: str) -> float | None:
        """The median in whole seconds, once there was a start."""
        seconds = self._seconds.get(backend_id)
        return float(max(1, round(statistics.median(seconds)))) if seconds else None

    async def load(self) -> None:
        """Remember what is kept. What can't be read is not remembered, and does no harm."""
        self._seconds |= await asyncio.to_thread(self._load)

    async def add(self, backend_id: str, seconds: float) -> None:
        """Learn from one start. Returns once it is kept, or is known not to be."""
        known = self._seconds[backend_id] = [*self._seconds.get(backend_id, []), round(seconds, 1)][-_KEPT:]
        if self._directory is not None:
            try:
                await asyncio.to_thread(self._directory.replace, f"{backend_id}.json", msgspec.json.encode(known))
            except StoreFailed as error:
                self._log.debug("How long a start took is not remembered: %s", error.message)

    def _load(self) -> dict[str, list[float]]:
        found = {}
        if self._path is not None and self._path.is_dir():
            for path in self._path.glob("*.json"):
                # What can't be read is learned anew.
                with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError):
                    found[path.stem] = msgspec.json.decode(path.read_bytes(), type=list[float])[-_KEPT:]
        return found

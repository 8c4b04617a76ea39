"""Where each backend's clusters run, beside where the data is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from ..models import Region
from .names import normalised

LookUp = Callable[[], Awaitable[str | None]]
"""Finds out in which region this machine is, in any spelling; ``None`` where that is not known. Does not raise."""


class Placed(Protocol):
    """What is asked of a backend."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def region(self) -> str | None:
        """Where its clusters run, in any spelling."""

    @property
    def runs_here(self) -> bool:
        """Whether they run on this machine."""


async def nowhere() -> str | None:
    """A look-up that is switched off."""
    return None


class Regions:
    """Compares places with that of the data.

    Parameters
    ----------
    data
        The region of the data; empty where nobody is interested.
    look_up
        Called once.
    stated
        What an administrator says of backends, by id.
    """

    def __init__(self, data: str = "", look_up: LookUp = nowhere, stated: Mapping[str, str] | None = None) -> None:
        self._data = normalised(data)
        self._look_up = look_up
        self._stated = dict(stated or {})
        self._here: str | None = None
        self._looked = False
        self._lock = asyncio.Lock()

    async def look(self) -> None:
        """Find out where this machine is, if that was not done yet."""
        async with self._lock:
            if self._data and not self._looked:
                found = await self._look_up()
                self._here = normalised(found) if found else None
                self._looked = True

    def of(self, backend: Placed) -> Region | None:
        """What is known now; ``None`` without a region of the data."""
        if not self._data:
            return None
        there = self._stated.get(backend.id) or backend.region or (self._here if backend.runs_here else None)
        if there is None:
            text = f"It is not known in which region the clusters run. The data is in {self._data}."
            return Region(here=self._here, data=self._data, verdict="unknown", text=text)
        there = normalised(there)
        travels = f" Results travel from there to {self._here}." if self._here not in (None, there) else ""
        if there == self._data:
            text = f"The clusters run in {there}, beside the data.{travels}"
            return Region(here=self._here, there=there, data=self._data, verdict="same", text=text)
        text = f"The clusters run in {there}, the data is in {self._data}: reading it takes longer and may cost more.{travels}"
        return Region(here=self._here, there=there, data=self._data, verdict="other", text=text)

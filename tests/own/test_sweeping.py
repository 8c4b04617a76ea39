"""Sweeping ends when nothing is left, or tells what could not be deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pccompute_ext.supervisor.sweeper import Sweeper
from pccompute_ext.supervisor.sweeping import look, sweep


class Stubborn(Sweeper):
    """Two things, each of which can be deleted only after it was refused so many times."""

    def __init__(self, *refusals: int) -> None:
        self.left = {f"thing {number}": refused for number, refused in enumerate(refusals)}
        self.late: list[str] = []

    def handle(self, cluster: Any) -> dict[str, str]:
        return {}

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        found = list(self.left)
        if not found and self.late:
            # It was asked for before, and shows up only now.
            self.left[self.late.pop()] = 0
        return found

    async def delete(self, handle: Mapping[str, str]) -> None:
        self.left = {name: refused - 1 for name, refused in self.left.items() if refused > 0}
        if self.left:
            raise PermissionError("It is in use.")


class Blind(Stubborn):
    """Can't look."""

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        raise ConnectionError("There is no network.")


async def test_what_is_refused_is_tried_again(jp_asyncio_loop: object) -> None:
    told: list[tuple[str, ...]] = []
    assert await sweep([Stubborn(0, 1), Stubborn()], {}, told.append, pauses=(0.0, 0.0)) == ()
    assert told == [("thing 0", "thing 1"), ("thing 1",), ()]


async def test_what_shows_up_late_is_deleted_too(jp_asyncio_loop: object) -> None:
    told: list[tuple[str, ...]] = []
    sweeper = Stubborn(0)
    sweeper.late = ["a late one"]
    assert await sweep([sweeper], {}, told.append, pauses=(0.0, 0.0, 0.0)) == ()
    assert told == [("thing 0",), (), ("a late one",), ()]


@pytest.mark.parametrize("sweeper", [Stubborn(9), Blind()])
async def test_what_can_not_be_deleted_is_told(jp_asyncio_loop: object, sweeper: Sweeper) -> None:
    left = await sweep([sweeper], {}, lambda found: None, pauses=(0.0, 0.0))
    assert left in (("thing 0",), ("It could not be looked at: ConnectionError: There is no network.",))
    assert left == await look([sweeper], {})

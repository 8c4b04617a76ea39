"""Spreading what many would begin at the same moment."""

from __future__ import annotations

import asyncio

from pccompute_ext.backends.pace import Pace

AGES = 3600.0
"""Seconds; longer than any test."""


async def test_the_first_begins_at_once_and_the_next_has_to_wait() -> None:
    pace = Pace(AGES)
    await pace.turn()
    waiting = asyncio.create_task(pace.turn())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_all_get_their_turn_in_the_order_in_which_they_came() -> None:
    pace = Pace(0.001)
    order: list[int] = []

    async def begin(number: int) -> None:
        await pace.turn()
        order.append(number)

    await asyncio.gather(*(begin(number) for number in range(20)))
    assert order == list(range(20))


async def test_one_that_gives_up_keeps_nobody_waiting() -> None:
    pace = Pace(0.001)
    await pace.turn()
    gone = asyncio.create_task(pace.turn())
    await asyncio.sleep(0)
    gone.cancel()
    await pace.turn()

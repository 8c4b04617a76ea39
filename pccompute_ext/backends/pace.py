"""Spreading what many would begin at the same moment."""

from __future__ import annotations

import asyncio


class Pace:
    """Lets one after the other begin.

    Connecting to a scheduler keeps the event loop for some milliseconds at a time, most of them for TLS. Twenty that begin together do so in one go,
    and every request to the server waits for all of them; with pauses it waits for one.

    Parameters
    ----------
    pause
        Seconds from one beginning to the next.
    """

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._next = float("-inf")

    async def turn(self) -> None:
        """Return when it is the caller's turn to begin: at once, where nobody has begun just now. Nobody waits for another's end."""
        now = asyncio.get_running_loop().time()
        begin = max(now, self._next)
        self._next = begin + self._pause
        if begin > now:
            await asyncio.sleep(begin - now)

"""How a supervisor is told what to do: one line of JSON there, one back, then the connection ends.

Requests are ``{"do": "scale", "count": 2}``, ``{"do": "adapt", "minimum": 0, "maximum": 2}`` and ``{"do": "stop"}``. Answers are ``{}``, or
``{"error": "…"}`` in words for people. Nobody but the user gets there: the unix socket is in a directory of theirs. Where there are no such sockets,
it is a port on loopback, and a request carries a key from the private state file.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

LONGEST_LINE: Final = 64 * 1024


class NoAnswer(Exception):
    """The supervisor can't be reached, or does not answer in time."""


async def tell(endpoint: Mapping[str, Any], request: Mapping[str, Any], within: float) -> dict[str, Any]:
    """Send a request and return the answer.

    Raises
    ------
    NoAnswer
        There was none ``within`` so many seconds.
    """
    try:
        async with asyncio.timeout(within):
            reader, writer = await _connect(endpoint)
            try:
                writer.write(json.dumps({**request, "key": endpoint.get("key")}).encode() + b"\n")
                await writer.drain()
                answer = json.loads(await reader.readline())
            finally:
                writer.close()
    except (OSError, ValueError, KeyError) as error:
        # A time-out is an OSError too.
        raise NoAnswer(type(error).__name__) from None
    if not isinstance(answer, dict):
        raise NoAnswer("not an answer")
    return answer


async def _connect(endpoint: Mapping[str, Any]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if "path" in endpoint:
        return await asyncio.open_unix_connection(endpoint["path"], limit=LONGEST_LINE)
    return await asyncio.open_connection("127.0.0.1", endpoint["port"], limit=LONGEST_LINE)

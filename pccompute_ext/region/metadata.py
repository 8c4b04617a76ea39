"""Azure's instance metadata: a machine there can ask at a fixed address where it is. Nowhere else does anything answer."""

from __future__ import annotations

import asyncio
import importlib
import logging
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    import aiohttp

URL: Final = "http://169.254.169.254/metadata/instance/compute?api-version=2021-02-01"

_ANSWER_WITHIN: Final = 1.0
"""Seconds. The service is on the same machine; where there is none, what is sent is mostly dropped."""

_LARGEST_ANSWER: Final = 2**18


class _Compute(msgspec.Struct):
    """The one field that is read of an answer with many."""

    location: str


async def region_of_this_machine(url: str, log: logging.Logger) -> str | None:
    """The region in Azure's own spelling; ``None`` where there is no answer, and for an empty URL, which is not asked.

    It is asked directly: a proxy would tell of its own machine.
    """
    if not url:
        return None
    # It takes a while to import, which nobody who asks the server something must notice.
    client = await asyncio.to_thread(importlib.import_module, "aiohttp")
    try:
        async with (
            asyncio.timeout(_ANSWER_WITHIN),
            client.ClientSession(trust_env=False) as session,
            session.get(url, headers={"Metadata": "true"}, allow_redirects=False) as answer,
        ):
            return _read(await _body(answer.content)) if answer.status == 200 else None
    except (client.ClientError, TimeoutError, OSError, ValueError) as error:
        log.debug("No metadata tells the region of this machine (%s).", type(error).__name__)
        return None


async def _body(content: aiohttp.StreamReader) -> bytes:
    """All of it; nothing of an answer that is far too long."""
    try:
        await content.readexactly(_LARGEST_ANSWER)
    except asyncio.IncompleteReadError as end:
        return end.partial
    return b""


def _read(body: bytes) -> str | None:
    try:
        return msgspec.json.decode(body, type=_Compute).location or None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None

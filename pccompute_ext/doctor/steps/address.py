"""Where the gateway is, and whether anything is there."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import SplitResult, urlsplit

from ...backends.gateway_settings import without_credential
from ..network import connect, look_up
from ..outcome import Outcome, passed, skipped
from ..step import Subject


async def read_settings(subject: Subject) -> Outcome:
    """Whether the configuration can be used."""
    subject.endpoint = (await subject.connection.get()).endpoint
    address = without_credential(subject.endpoint.address)
    return passed(f"The gateway is {address}, its schedulers are reached at {subject.endpoint.proxy_address}.")


async def look_up_name(subject: Subject) -> Outcome:
    """Whether the host's name is known."""
    if subject.known.proxy is not None:
        return skipped("The gateway is reached through an HTTP proxy, which looks the name up itself.")
    return await look_up(_parts(subject).hostname or "")


async def reach_address(subject: Subject) -> Outcome:
    """Whether there is a connection, encrypted where it should be."""
    parts = _parts(subject)
    if subject.known.proxy is not None:
        parts = urlsplit(subject.known.proxy)
    # Reads the certificates that this machine trusts.
    context = await asyncio.to_thread(ssl.create_default_context) if parts.scheme == "https" else None
    return await connect(parts.hostname or "", parts.port or (443 if context else 80), tls=context)


def _parts(subject: Subject) -> SplitResult:
    return urlsplit(subject.known.address)

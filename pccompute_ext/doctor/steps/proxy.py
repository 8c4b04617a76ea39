"""The way to the schedulers: the proxy's port, and whether it is the proxy that listens there."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from ...credentials import Origin
from ..network import connect, look_up
from ..outcome import Outcome, failed, passed, skipped
from ..step import Subject

GREET_WITHIN = 10.0
"""Seconds."""

_ADVICE: Final = (
    "Check the proxy address. It is a host and a port of its own at many hubs, such as gateway://dask.example.com:8786, and not always open for "
    "machines outside: ask the administrator."
)
_NO_CLUSTER: Final = "daskgateway-connection-check"
"""A name that the proxy takes for that of a cluster, and no cluster has."""

_HUNG_UP: Final = (None, "UNEXPECTED_EOF_WHILE_READING", "TLSV1_UNRECOGNIZED_NAME")


async def reach_proxy(subject: Subject) -> Outcome:
    """Whether something listens at the proxy's port."""
    host, port = _place(subject)
    if host != Origin.of(subject.known.address).host:
        found = await look_up(host)
        if found.blocks:
            return found
    outcome = await connect(host, port)
    return failed(outcome.detail, _ADVICE) if outcome.blocks else outcome


async def greet_proxy(subject: Subject) -> Outcome:
    """Whether what listens does with TLS as the proxy does: it hangs up on a name that no cluster has."""
    host, port = _place(subject)
    where = f"What listens at {host}:{port}"
    match await _answer_to_tls(host, port):
        case "hung up":
            return passed(f"{where} takes TLS and behaves as the proxy of the schedulers.")
        case "silent":
            return failed(f"{where} takes the connection and then says nothing.", _ADVICE)
        case "another":
            return failed(f"{where} is a web server, not the proxy of the schedulers.", _ADVICE)
        case reason:
            return failed(f"{where} speaks no TLS ({reason}), so it is not the proxy of the schedulers.", _ADVICE)


async def _answer_to_tls(host: str, port: int) -> str:
    """What happens to a greeting: ``hung up``, ``silent``, ``another`` server's own certificate, or the reason why it is no TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Nothing is sent and nobody is trusted here: only the manner of the refusal is looked at.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(GREET_WITHIN):
            _, writer = await asyncio.open_connection(host, port, ssl=context, server_hostname=_NO_CLUSTER)
    except TimeoutError:
        return "silent"
    except ssl.SSLError as error:
        return "hung up" if error.reason in _HUNG_UP else str(error.reason)
    except OSError:
        # Some close with a reset where others close in order.
        return "hung up"
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return "another"


async def reach_scheduler(subject: Subject) -> Outcome:
    """Whether a running cluster's scheduler answers through the proxy."""
    name = subject.found.get("cluster")
    if name is None:
        return skipped("No cluster runs there now. Start one and check again to see this too.")
    subject.found["versions"] = await subject.backend.versions(name)
    return passed("The scheduler of a running cluster answers.")


def _place(subject: Subject) -> tuple[str, int]:
    parts = urlsplit(subject.known.proxy_address)
    return parts.hostname or "", parts.port or 8786

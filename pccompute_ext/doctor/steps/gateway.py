"""Whether what answers is a Dask Gateway."""

from __future__ import annotations

from ...errors import BackendFailed, CredentialNeeded, NotFound
from ..outcome import Outcome, failed, passed
from ..step import Subject

_ADVICE = "Check the address: it is the part before /api, such as https://hub.example.com/services/dask-gateway."


async def find_gateway(subject: Subject) -> Outcome:
    """Whether the gateway's own health check answers."""
    http = (await subject.connection.get()).http
    try:
        health = await http.anonymous("/api/health")
    except CredentialNeeded:
        return failed("What answers wants a credential even for a look at its health, so it is not a Dask Gateway itself.", _ADVICE)
    except (NotFound, BackendFailed) as error:
        return failed(error.message, _ADVICE)
    if not isinstance(health, dict) or health.get("status") not in ("pass", "warn", "fail"):
        return failed("What answers there is not a Dask Gateway.", _ADVICE)
    if health["status"] == "fail":
        return failed("The gateway says of itself that it is not well.", "Try again later, or ask its administrator.")
    version = await http.anonymous("/api/version")
    told = version.get("version") if isinstance(version, dict) else None
    subject.found["gateway version"] = told
    return passed(f"It is a Dask Gateway of version {told}." if isinstance(told, str) else "It is a Dask Gateway; its version is not told.")

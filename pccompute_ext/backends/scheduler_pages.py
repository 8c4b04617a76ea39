"""A cluster's figures from the pages of its scheduler, for where its port can't be reached: fewer, and not pushed."""

from __future__ import annotations

from typing import Any

from ..errors import BackendFailed
from ..models import Live, Memory, Workers
from .base import Observation
from .gateway_http import GatewayHTTP


async def observe_pages(http: GatewayHTTP, dashboard: str, name: str, reason: str) -> Observation:
    """The figures now.

    Parameters
    ----------
    dashboard
        Path of the cluster's dashboard at the gateway.
    name
        The cluster, to keep its name out of messages.
    reason
        Why the scheduler itself is not asked.

    Raises
    ------
    ComputeError
        The pages can't be reached either.
    """
    told: Any = await http.anonymous(f"{dashboard}/json/identity.json", name=name)
    try:
        workers = told["workers"].values()
        return Observation(
            workers=Workers(ready=len(workers)),
            cores=sum(worker["nthreads"] for worker in workers),
            memory=Memory(
                limit=sum(worker["memory_limit"] or 0 for worker in workers),
                used=sum(worker.get("metrics", {}).get("memory") or 0 for worker in workers),
            ),
            live=Live(kind="http", reason=reason),
        )
    except (KeyError, TypeError, AttributeError):
        raise BackendFailed("The scheduler's page can't be read. It may be of a version that is not supported.") from None

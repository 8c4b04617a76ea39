"""Reading the reports of a Dask Gateway on its clusters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast, get_args

from ..errors import BackendFailed
from ..models import ClusterState
from .base import ClusterReport, Scaled

_STATES: Final = frozenset(get_args(ClusterState))

_LIMIT: Final = re.compile(r"resource limit of (\d+) workers")


@dataclass(frozen=True, repr=False)
class FullReport:
    """A report with what is needed to reach the cluster. It holds the private key: it never leaves the backend.

    Attributes
    ----------
    public
        What may be told.
    security
        ``tls_cert`` and ``tls_key``, in PEM; ``None`` unless the cluster runs.
    dashboard
        Path of the cluster's dashboard at the gateway, without its page.
    """

    public: ClusterReport
    security: Mapping[str, str] | None = field(default=None)
    dashboard: str | None = None


def read_report(raw: Any) -> FullReport:
    """Check and pick the fields of one report.

    Raises
    ------
    BackendFailed
        It is not a report.
    """
    public = _read_public(raw)
    certificate, key = raw.get("tls_cert"), raw.get("tls_key")
    security = {"tls_cert": certificate, "tls_key": key} if certificate and key else None
    return FullReport(public, security, _dashboard(raw))


def _read_public(raw: Any) -> ClusterReport:
    try:
        state = str(raw["status"]).lower()
        if state not in _STATES:
            raise ValueError(state)
        started = raw["start_time"]
        return ClusterReport(
            name=str(raw["name"]),
            state=cast(ClusterState, state),
            reason="The cluster failed. The gateway does not tell why; the cluster's options may not suit it." if state == "failed" else None,
            created=None if started is None else datetime.fromtimestamp(started / 1000, UTC),
            options=dict(raw["options"] or {}),
            dashboard=_dashboard(raw) is not None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise BackendFailed("The gateway's report on a cluster can't be read. It may be of a version that is not supported.") from None


def _dashboard(raw: Mapping[str, Any]) -> str | None:
    page = raw.get("dashboard_route")
    # With anything else than a slash at its start, it would change the host of the address that it is put behind.
    return page.rpartition("/")[0] if isinstance(page, str) and page.startswith("/") else None


def read_reports(raw: Any) -> list[ClusterReport]:
    """The public parts of the reports of a list, which the gateway sends as an object with the names as keys. Raises as :func:`read_report` does."""
    if not isinstance(raw, dict):
        raise BackendFailed("The gateway's list of clusters can't be read. It may be of a version that is not supported.")
    return [_read_public(report) for report in raw.values()]


def read_scaled(raw: Any) -> Scaled:
    """What the gateway says of a change of scaling: nothing, or that it does less than was asked for."""
    said = raw.get("msg") if isinstance(raw, dict) and not raw.get("ok", True) else None
    if not isinstance(said, str):
        return Scaled()
    found = _LIMIT.search(said)
    # The words are formatted for Python programmers.
    return Scaled(warning=said.replace("`", ""), limit=int(found[1]) if found else None)

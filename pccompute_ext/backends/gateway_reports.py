"""Reading the reports of a Dask Gateway on its clusters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast, get_args

import msgspec

from ..errors import BackendFailed
from ..models import ClusterState
from .base import ClusterReport, Scaled

_STATES: Final = frozenset(get_args(ClusterState))

_UNREADABLE: Final = "The gateway's report on a cluster can't be read. It may be of a version that is not supported."

_LIMIT: Final = re.compile(r"resource limit of (\d+) workers")


class Listed(msgspec.Struct, frozen=True):
    """What is read of a report. The private key in it, and the certificate, are most of a list: they are passed over."""

    name: str
    status: str
    start_time: float | None
    options: dict[str, Any] | None
    dashboard_route: Any = None


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
    try:
        listed = msgspec.convert(raw, Listed)
    except msgspec.ValidationError:
        raise BackendFailed(_UNREADABLE) from None
    certificate, key = raw.get("tls_cert"), raw.get("tls_key")
    security = {"tls_cert": certificate, "tls_key": key} if certificate and key else None
    return FullReport(_read_public(listed), security, _dashboard(listed))


def _read_public(listed: Listed) -> ClusterReport:
    state, started = listed.status.lower(), listed.start_time
    if state not in _STATES:
        raise BackendFailed(_UNREADABLE)
    try:
        created = None if started is None else datetime.fromtimestamp(started / 1000, UTC)
    except (ValueError, OverflowError):
        raise BackendFailed(_UNREADABLE) from None
    return ClusterReport(
        name=listed.name,
        state=cast(ClusterState, state),
        reason="The cluster failed. The gateway does not tell why; the cluster's options may not suit it." if state == "failed" else None,
        created=created,
        options=listed.options or {},
        dashboard=_dashboard(listed) is not None,
    )


def _dashboard(listed: Listed) -> str | None:
    page = listed.dashboard_route
    # With anything else than a slash at its start, it would change the host of the address that it is put behind.
    return page.rpartition("/")[0] if isinstance(page, str) and page.startswith("/") else None


def read_reports(listed: Mapping[str, Listed]) -> list[ClusterReport]:
    """The public parts of the reports of a list, which the gateway sends as an object with the names as keys. Raises as :func:`read_report` does."""
    return [_read_public(report) for report in listed.values()]


def read_scaled(raw: Any) -> Scaled:
    """What the gateway says of a change of scaling: nothing, or that it does less than was asked for."""
    said = raw.get("msg") if isinstance(raw, dict) and not raw.get("ok", True) else None
    if not isinstance(said, str):
        return Scaled()
    found = _LIMIT.search(said)
    # The words are formatted for Python programmers.
    return Scaled(warning=said.replace("`", ""), limit=int(found[1]) if found else None)

"""What can only be looked at with a running cluster."""

from __future__ import annotations

from ...backends.gateway_settings import without_credential
from ...errors import ComputeError, CredentialNeeded
from ..outcome import Outcome, failed, passed, skipped, warned
from ..step import Subject


async def list_clusters(subject: Subject) -> Outcome:
    """Whether the list can be had; leaves a running cluster for the steps after it."""
    reports = await subject.backend.clusters()
    running = [report.name for report in reports if report.state == "running"]
    if running:
        subject.found["cluster"] = running[0]
    return passed(f"The list has {len(reports)} of your clusters, {len(running)} of them running.")


async def open_dashboard(subject: Subject) -> Outcome:
    """Whether the gateway passes a cluster's dashboard on."""
    name = subject.found.get("cluster")
    if name is None:
        return skipped("No cluster runs there now. Start one and check again to see this too.")
    target = await subject.backend.dashboard(name)
    if target is None:
        return warned("The cluster has no dashboard.", "Its image may lack the package bokeh.")
    http = (await subject.connection.get()).http
    path = target.url.removeprefix(without_credential(subject.known.address))
    try:
        await http.anonymous(f"{path}/json/counts.json", name=name)
    except CredentialNeeded:
        return failed("The gateway does not pass the dashboard on without a credential of its own.", "Ask the gateway's administrator.")
    except ComputeError as error:
        return warned(f"The dashboard can't be reached: {error.message}", "The clusters work without; the image may lack the package bokeh.")
    return passed("The dashboard of a running cluster answers.")

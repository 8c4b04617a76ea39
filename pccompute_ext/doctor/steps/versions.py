"""What is installed here, in the chosen kernel and on a running cluster."""

from __future__ import annotations

from ...access_models import VersionDifference
from ...versions import ClusterVersions, Versions, compare, expression, read_answer, versions_here
from ..outcome import Outcome, passed, skipped, warned
from ..step import Subject


async def look_here(subject: Subject) -> Outcome:
    """The versions of the server's own environment."""
    subject.found["here"] = here = await versions_here()
    return passed(_listed(here))


async def look_in_kernel(subject: Subject) -> Outcome:
    """The versions of the kernel that was chosen."""
    if subject.kernel is None or subject.run_in_kernel is None:
        return skipped("No kernel was chosen.")
    subject.found["kernel"] = kernel = read_answer(await subject.run_in_kernel(subject.kernel, expression()))
    return passed(_listed(kernel))


async def compare_with_cluster(subject: Subject) -> Outcome:
    """What differs on a running cluster, from the kernel where one was chosen, else from here."""
    cluster: ClusterVersions | None = subject.found.get("versions")
    if cluster is None:
        return skipped("No scheduler of a running cluster could be asked.")
    whose = "the kernel" if "kernel" in subject.found else "this server's environment"
    differences = compare(subject.found.get("kernel") or subject.found["here"], cluster)
    looked_at = "scheduler and workers" if cluster.workers else "scheduler only"
    told = f" {cluster.problem}" if cluster.problem else ""
    if not differences:
        return passed(f"The cluster ({looked_at}) has what {whose} has: {_listed(cluster.scheduler)}{told}")
    words = "; ".join(_told(difference) for difference in differences)
    if not any(difference.matters for difference in differences):
        return passed(f"The cluster ({looked_at}) differs from {whose} in what mostly does no harm: {words}.{told}")
    advice = " ".join(dict.fromkeys(difference.advice for difference in differences if difference.matters))
    return warned(f"The cluster ({looked_at}) differs from {whose}: {words}.{told}", advice)


def _told(difference: VersionDifference) -> str:
    there = ", ".join(sorted({version or "missing" for version in (difference.scheduler, *difference.workers)}))
    return f"{difference.package} {difference.kernel or 'missing'}, there {there}"


def _listed(versions: Versions) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items() if version is not None) + "."

"""Way 10: a cluster in the kernel's own machine, from Dask alone."""

from __future__ import annotations

from typing import Final

from ..snippet_models import Snippet
from . import clusters
from .python import Expression, Source, call, literal
from .text import quoted
from .wanted import Wanted

# A free port, and for this machine only.
_DASHBOARD: Final = "127.0.0.1:0"


def local(wanted: Wanted) -> Snippet:
    """A first try: two workers with a core each."""
    source = Source(wanted.names)
    _cluster(source, {"n_workers": "2", "threads_per_worker": "1"})
    clusters.finish(source)
    return Snippet(
        id="local",
        title="Local cluster",
        description="For a first try without any gateway: two workers beside the kernel, which end with it.",
        language="python",
        code=source.text(),
        names=wanted.names.left_behind,
    )


def new_local_cluster(wanted: Wanted) -> Snippet:
    """What the choices for a cluster on this machine come to in Dask's own words."""
    sizes: dict[str, Expression] = {"n_workers": "0"}
    cores, memory = wanted.options.get("worker_cores"), wanted.options.get("worker_memory")
    if isinstance(cores, int | float) and not isinstance(cores, bool):
        sizes["threads_per_worker"] = str(max(1, int(cores)))
    if isinstance(memory, int | float) and not isinstance(memory, bool):
        sizes["memory_limit"] = quoted(f"{memory:g}GiB")
    if environment := wanted.options.get("environment"):
        sizes["env"] = literal(environment)
    source = Source(wanted.names)
    _cluster(source, sizes)
    clusters.size(source, wanted.scaling)
    clusters.finish(source)
    return Snippet(
        id="new-cluster",
        title="Notebook, a new cluster",
        description="Makes a cluster of this size beside the kernel each time the notebook runs. It is not listed in the panel.",
        language="python",
        code=source.text(),
        names=wanted.names.left_behind,
    )


def _cluster(source: Source, sizes: dict[str, Expression]) -> None:
    source.imports("dask.distributed", "LocalCluster")
    source.assign(source.names.of("cluster"), call("LocalCluster", **sizes, dashboard_address=quoted(_DASHBOARD)))

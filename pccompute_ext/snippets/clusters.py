"""Python that leaves a cluster and a client behind: connected to one that runs, or a new one."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any, Final

from ..models import Adaptive, Manual
from .opening import Opening
from .python import Expression, Source, call, literal
from .text import quoted
from .wanted import Wanted

# What ``GatewayCluster`` takes besides the options of a gateway.
_RESERVED: Final = {"self", "address", "proxy_address", "public_address", "auth", "cluster_options", "shutdown_on_close", "asynchronous", "loop"}


def use(source: Source, opening: Opening, wanted: Wanted) -> None:
    """Connect to the cluster that is wanted, or make it where there is none yet."""
    if wanted.cluster is not None:
        connect(source, opening, wanted.cluster)
    else:
        create(source, opening, wanted)


def connect(source: Source, opening: Opening, cluster: str) -> None:
    """Connect to a cluster that runs."""
    gateway = opening.open(source)
    if gateway is None:
        source.imports("dask_gateway", "GatewayCluster")
    connecting = "GatewayCluster.from_name" if gateway is None else f"{gateway}.connect"
    source.assign(source.names.of("cluster"), call(connecting, quoted(cluster)))
    finish(source)


def create(source: Source, opening: Opening, wanted: Wanted) -> None:
    """Make a cluster as it is chosen, with the size that is chosen."""
    gateway = opening.open(source)
    if gateway is None:
        source.imports("dask_gateway", "GatewayCluster")
    source.comment("Ends with this kernel; with shutdown_on_close=False it goes on.")
    making = "GatewayCluster" if gateway is None else f"{gateway}.new_cluster"
    source.assign(source.names.of("cluster"), call(making, **_options(wanted.options)))
    size(source, wanted.scaling)
    finish(source)


def size(source: Source, scaling: Adaptive | Manual | None) -> None:
    """Set the size of a cluster."""
    cluster = source.names.of("cluster")
    match scaling:
        case Adaptive(minimum=minimum, maximum=maximum):
            source.do(call(f"{cluster}.adapt", minimum=str(minimum), maximum=str(maximum)))
        case Manual(count=count):
            source.do(call(f"{cluster}.scale", str(count)))
        case None:
            source.comment("A new cluster has no workers.")
            source.do(call(f"{cluster}.scale", "1"))


def finish(source: Source) -> None:
    """Connect a client, and show it."""
    client = source.names.of("client")
    source.assign(client, call(f"{source.names.of('cluster')}.get_client"))
    source.do(client)


def _options(options: Mapping[str, Any]) -> dict[str, Expression]:
    if all(name.isidentifier() and not keyword.iskeyword(name) and name not in _RESERVED for name in options):
        return {name: literal(value) for name, value in options.items()}
    return {"cluster_options": literal(dict(options))}

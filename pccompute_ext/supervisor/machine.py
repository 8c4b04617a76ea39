"""A cluster on this machine, with the same options as the one of the embedded gateway. Imports Dask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from distributed import LocalCluster


def machine_cluster(*, worker_cores: int, worker_memory: float, environment: Mapping[str, str], security: Any, asynchronous: bool) -> LocalCluster:
    """Return a cluster without workers; ``worker_memory`` is in GiB."""
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=0,
        threads_per_worker=worker_cores,
        memory_limit=int(worker_memory * 2**30),
        env=dict(environment),
        dashboard_address="127.0.0.1:0",
        security=security,
        asynchronous=asynchronous,
    )

"""What benchmarks do at a gateway as somebody else would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser

PATIENCE = 90.0
"""Seconds for clusters to end, on a machine that is busy."""


@contextmanager
def real_gateway() -> Iterator[GatewayProcess]:
    """A gateway with real schedulers and workers, each a process."""
    gateway = GatewayProcess()
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.close()


def end_clusters(user: GatewayUser) -> None:
    """End all clusters of a user, and wait until none is left."""
    deadline = time.monotonic() + PATIENCE
    user.stop_all()
    while user.clusters():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Clusters were not ended within {PATIENCE:.0f} seconds.")
        time.sleep(0.1)

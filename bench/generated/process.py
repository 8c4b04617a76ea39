"""Starting and ending what generates clusters."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser

from ..harness.run import Run

PATIENCE = 120.0
"""Seconds in which all clusters run."""


class GeneratedGateway(GatewayProcess):
    """A real gateway with generated clusters."""

    program = "bench.generated.gateway"

    def __init__(self, schedulers: dict[str, str], keys: Path) -> None:
        super().__init__(max_workers=1000)
        self._settings |= {"schedulers": schedulers, "keys": str(keys)}

    def process(self) -> psutil.Process:
        """The gateway itself; the proxy is its child."""
        assert self._server is not None
        return psutil.Process(self._server.pid)


@contextmanager
def generated_gateway(run: Run, *, workers: int = 4) -> Iterator[GeneratedGateway]:
    """A running gateway, each of whose clusters will have so many workers."""
    keys = run.folder("keys")
    schedulers = subprocess.Popen(
        [sys.executable, "-m", "bench.generated.schedulers", str(keys), str(workers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert schedulers.stdout is not None
    gateway = None
    try:
        gateway = GeneratedGateway(json.loads(schedulers.stdout.readline()), keys)
        gateway.start()
        yield gateway
    finally:
        if gateway is not None:
            gateway.close()
        schedulers.kill()
        schedulers.wait()


def add_clusters(user: GatewayUser, number: int) -> None:
    """Make so many more clusters, and wait until they run."""
    wanted = len(user.clusters()) + number
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: user.create(), range(number)))
    deadline = time.monotonic() + PATIENCE
    while sum(report["status"] == "RUNNING" for report in user.clusters().values()) < wanted:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The generated clusters did not run within {PATIENCE:.0f} seconds.")
        time.sleep(0.2)

"""What 200 users cost one gateway, and what that predicts for 1,000.

A real gateway, at which each user has one cluster, generated (see `bench/generated`). In another process, for each user the part of pccompute
that talks to a gateway: the manager with its backend and its watcher, with the panel in sight, asked for its list every ten seconds as the front
end does. Measured with 50, 100 and 200 users: the processor time of the gateway and of its proxy, the requests that the gateway has logged, and
the time of a list. The prediction is the straight line through the first and the last size.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from pccompute_ext.testing.gateway_user import GatewayUser

from .generated.process import GeneratedGateway, generated_gateway
from .harness.figures import Figure, Outcome, Table, quantile
from .harness.load import CpuMeter, RequestMeter
from .harness.parts import Parts
from .harness.run import Run

SETTLE = 3
"""Seconds after all users have their streams, until their lists are spread."""

PART = 90.0
"""The most seconds for one number of users."""

PREDICTED = 1000

COLUMNS = ["users", "gateway CPU (% of a core)", "proxy CPU (% of a core)", "requests per second", "list p95 (ms)"]


def measure(run: Run) -> Outcome:
    """No aim: what a hub's operator has to reckon with."""
    parts = Parts()
    table = Table("Users of one gateway, each with the panel open", COLUMNS)
    sizes = (5, 10) if run.quick else (50, 100, 200)
    with generated_gateway(run) as gateway:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda user: user.create(), _users(gateway, sizes[-1])))
        for size in sizes:
            found = parts.measure(f"{size} users", PART, partial(_look, run, gateway, size))
            if found is not None:
                table.rows.append([size, *found])
    return Outcome(_figures(table), [table] if table.rows else [], failures=parts.failures)


def _figures(table: Table) -> list[Figure]:
    figures = []
    for what, column, unit in (
        ("gateway's processor time", 1, "% of a core"),
        ("proxy's processor time", 2, "% of a core"),
        ("requests to the gateway", 3, "per second"),
    ):
        if table.rows:
            figures.append(Figure(f"{table.rows[-1][0]} users: {what}", table.rows[-1][column], unit))
        # A line has two ends.
        if len(table.rows) > 1:
            figures.append(Figure(f"Predicted for {PREDICTED:,} users: {what}", _predict(table, column), unit))
    return figures


def _look(run: Run, gateway: GeneratedGateway, size: int) -> tuple[float, float, float, float]:
    with _simulated(run, gateway, size) as users:
        assert users.stdin is not None
        assert users.stdout is not None
        if not users.stdout.readline():
            raise RuntimeError("The simulated users ended before they were all at work.")
        time.sleep(SETTLE)
        proxy = next(child for child in gateway.process().children() if "proxy" in child.name())
        cpu, proxy_cpu, requests = CpuMeter(gateway.process()), CpuMeter(proxy), RequestMeter(gateway.log)
        time.sleep(run.of(20, 6))
        figures = cpu.percent(), proxy_cpu.percent(), requests.per_minute() / 60
        users.stdin.close()
        return *figures, quantile(json.loads(users.stdout.readline()), 0.95)


@contextmanager
def _simulated(run: Run, gateway: GeneratedGateway, size: int) -> Iterator[subprocess.Popen[Any]]:
    settings = {
        "address": gateway.address,
        "proxy_address": gateway.proxy_address,
        "password": gateway.password,
        "users": [user.name for user in _users(gateway, size)],
        "directory": str(run.folder("users")),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.generated.servers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(settings) + "\n")
        process.stdin.flush()
        yield process
    finally:
        process.kill()
        process.wait()


def _users(gateway: GeneratedGateway, size: int) -> list[GatewayUser]:
    return [GatewayUser(gateway, f"user-{number}") for number in range(size)]


def _predict(table: Table, column: int) -> float:
    first, last = table.rows[0], table.rows[-1]
    slope = (last[column] - first[column]) / (last[0] - first[0])
    return last[column] + slope * (PREDICTED - last[0])

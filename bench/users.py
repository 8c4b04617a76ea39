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
from typing import Any

from pccompute_ext.testing.gateway_user import GatewayUser

from .generated.process import GeneratedGateway, generated_gateway
from .harness.figures import Figure, Outcome, Table, quantile
from .harness.load import CpuMeter, RequestMeter
from .harness.run import Run

SETTLE = 8
"""Seconds after the start of the users, until all of them have their streams."""

PREDICTED = 1000

COLUMNS = ["users", "gateway CPU (% of a core)", "proxy CPU (% of a core)", "requests per second", "list p95 (ms)"]


def measure(run: Run) -> Outcome:
    """No aim: what a hub's operator has to reckon with."""
    table = Table("Users of one gateway, each with the panel open", COLUMNS)
    sizes = (5, 10) if run.quick else (50, 100, 200)
    with generated_gateway(run) as gateway:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda user: user.create(), _users(gateway, sizes[-1])))
        for size in sizes:
            table.rows.append([size, *_look(run, gateway, size)])
    users, cpu, proxy, rate, _ = table.rows[-1]
    return Outcome(
        [
            Figure(f"Gateway's processor time, {users} users", cpu, "% of a core"),
            Figure(f"Proxy's processor time, {users} users", proxy, "% of a core"),
            Figure(f"Requests to the gateway, {users} users", rate, "per second"),
            Figure(f"Predicted for {PREDICTED:,} users: gateway's processor time", _predict(table, 1), "% of a core"),
            Figure(f"Predicted for {PREDICTED:,} users: proxy's processor time", _predict(table, 2), "% of a core"),
            Figure(f"Predicted for {PREDICTED:,} users: requests to the gateway", _predict(table, 3), "per second"),
        ],
        [table],
    )


def _look(run: Run, gateway: GeneratedGateway, size: int) -> tuple[float, float, float, float]:
    with _simulated(run, gateway, size) as users:
        time.sleep(SETTLE)
        proxy = next(child for child in gateway.process().children() if "proxy" in child.name())
        cpu, proxy_cpu, requests = CpuMeter(gateway.process()), CpuMeter(proxy), RequestMeter(gateway.log)
        time.sleep(run.of(24, 6))
        figures = cpu.percent(), proxy_cpu.percent(), requests.per_minute() / 60
        assert users.stdin is not None
        assert users.stdout is not None
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

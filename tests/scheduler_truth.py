"""What a cluster's own scheduler says, asked as any client would, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.server_process import PATIENCE

ASK = """
import json, sys
from dask_gateway import Gateway

def look(dask_scheduler):
    service = dask_scheduler.services["gateway"]
    return {
        "adaptive": service.adapt_task is not None and not service.adapt_task.done(),
        "count": service.count,
        "minimum": service.minimum,
        "maximum": service.maximum,
        "workers": len(dask_scheduler.workers),
    }

with Gateway() as gateway, gateway.connect(sys.argv[1]) as cluster, cluster.get_client() as client:
    print(json.dumps(client.run_on_scheduler(look)))
"""


@dataclass(frozen=True)
class Truth:
    """The scaling as the scheduler has it, and its workers."""

    adaptive: bool
    count: int
    minimum: int
    maximum: int
    workers: int


def run(code: str, *arguments: str, environment: Mapping[str, str]) -> str:
    """Run code as a kernel would: in a new Python that knows the gateway by its environment. Return what it prints.

    Raises
    ------
    AssertionError
        It failed; the message holds what it said.
    """
    base = {name: value for name, value in os.environ.items() if not name.startswith("DASK_")}
    base.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env={**base, **environment}, capture_output=True, text=True, timeout=2 * PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask_scheduler(name: str, environment: Mapping[str, str]) -> Truth:
    """Ask the scheduler of the cluster ``name``."""
    return Truth(**json.loads(run(ASK, name, environment=environment).splitlines()[-1]))

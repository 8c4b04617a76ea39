"""Clusters of an older image: another version of Dask and of Dask Gateway than the server's, in a virtual environment of its own."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.testing.gateway_server import PYTHON_IMAGE
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import Api

from .conftest import PATIENCE, Listener, settings_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements" / "older-dask.txt"

VERSION = "import distributed; print(distributed.__version__)"


@pytest.fixture(scope="session")
def older_python() -> Path:
    """A Python with an older Dask. It is kept for the next run."""
    directory = ROOT / ".make" / f"older-dask-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]}"
    python, done = directory / "bin" / "python", directory / "installed"
    if not done.exists():
        shutil.rmtree(directory, ignore_errors=True)
        commands: list[list[str | Path]] = [
            [sys.executable, "-m", "venv", directory],
            [python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", REQUIREMENTS],
        ]
        for command in commands:
            made = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
            assert made.returncode == 0, made.stderr
        done.touch()
    assert version(python) != version(Path(sys.executable))
    return python


def version(python: Path) -> str:
    return subprocess.run([python, "-c", VERSION], capture_output=True, text=True, timeout=120, check=True).stdout


async def test_an_older_dask_in_the_cluster(api: Api, listener: Listener, gateway_user: GatewayUser, closed_port: str, older_python: Path) -> None:
    async with listener.looking():
        id = await listener.running(options={"image": f"{PYTHON_IMAGE}{older_python}"}, scaling={"mode": "manual", "count": 1})
        (name,) = gateway_user.clusters()
        one = await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 1, "the worker")
        assert one["live"] == {"kind": "stream", "reason": None, "connectable": True}
        assert (one["workers"]["requested"], one["cores"], one["memory"]["limit"], one["clients"]) == (1, 1, 2**30, 0)
        assert one["idle"]["since"]
        (worker,) = (await api.request("GET", f"clusters/{id}/workers")).body["workers"]
        assert (worker["threads"], worker["status"]) == (1, "running")
        scheduler, of_worker = (await api.request("GET", f"clusters/{id}/logs", params={"lines": 20})).body["sources"]
        assert (scheduler["source"], of_worker["source"]) == ("scheduler", worker["name"])
        assert scheduler["lines"]
        assert of_worker["lines"]
        assert not [line for line in scheduler["lines"] if line["level"] == "error"], "Our questions make no trouble there"

        await compared_with_a_kernel(api, id)
        await over_http(gateway_user, closed_port, name)

        await asyncio.to_thread(gateway_user.adapt, name, 0, 2)
        await listener.until(id, lambda cluster: cluster["scaling"]["maximum"] == 2, "the bounds that were set elsewhere")
        await listener.until(id, lambda cluster: cluster["workers"]["ready"] == 0, "the worker's end")
        await listener.stop(id)


async def compared_with_a_kernel(api: Api, id: str) -> None:
    """What differs between a real kernel and the cluster, and breaks things, comes first and says why."""
    kernel = json.loads((await api.fetch("api", "kernels", method="POST", body=b'{"name": "python3"}')).body)["id"]
    try:
        async with asyncio.timeout(PATIENCE):
            # While it starts, it counts as busy.
            while (answer := await api.request("GET", f"clusters/{id}/versions", params={"kernel": kernel})).status == 504:
                pass
    finally:
        await api.fetch("api", "kernels", kernel, method="DELETE")
    assert answer.status == 200, answer
    assert answer.body["compared"] == ["kernel", "scheduler", "workers"]
    found = {each["package"]: each for each in answer.body["differences"]}
    assert found["distributed"] == {
        "package": "distributed",
        "kernel": importlib.metadata.version("distributed"),
        "scheduler": "2024.4.2",
        "workers": ["2024.4.2"],
        "matters": True,
        "why": "Client, scheduler and workers of different versions may not understand each other.",
        "advice": "Choose an image that has the kernel's versions, or install the cluster's versions for the kernel.",
    }
    assert found["dask"]["matters"]
    order = [each["matters"] for each in answer.body["differences"]]
    assert order == sorted(order, reverse=True)


async def over_http(user: GatewayUser, closed_port: str, name: str) -> None:
    """The pages of the older version are read as well."""
    backend = GatewayBackend(id="blocked", label="Blocked", settings=settings_for(user, closed_port))
    try:
        observed = await backend.observe(name)
        assert (observed.live.kind, observed.workers.ready, observed.clients) == ("http", 1, 0)
        assert len(await backend.workers(name)) == 1
        assert all(source.lines for source in (await backend.logs(name, 5)).sources)
    finally:
        await backend.close(stop_clusters=False)

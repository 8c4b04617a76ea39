"""Supervised clusters through a real Jupyter server, which is killed and started again."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

from .kit import MACHINE

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ENTRY = {
    "id": "machine",
    "label": "Own machine",
    "class": "pccompute_ext.supervisor.machine.machine_cluster",
    "form": MACHINE,
    "limits": {"workers": 2},
    "prices": {"scheduler": 1000, "worker": 2000, "currency": "EUR"},
}

THREADS = {
    "id": "threads",
    "label": "Threads",
    "class": "distributed.LocalCluster",
    "form": {"threads_per_worker": {"type": "integer", "minimum": 1, "maximum": 2, "default": 1}},
    "defaults": {"processes": False, "dashboard_address": "127.0.0.1:0", "n_workers": 0},
}


def test_a_cluster_outlives_its_server_and_is_found_again(start_server: StartServer) -> None:
    server = start_server({}, configured_gateway=False, own_compute=[ENTRY])
    cluster = server.create(backend="machine", scaling={"mode": "manual", "count": 1}, label="mine")
    server.wait_until_running(cluster["id"])
    server.kill()
    directory = only_directory(server)
    check_private(directory)

    server.start()
    found = server.wait_for_cluster(cluster["id"], lambda seen: seen["workers"]["ready"] == 1, "its worker")
    assert (found["label"], found["state"], found["live"]["kind"]) == ("mine", "running", "stream")
    found = server.wait_for_cluster(cluster["id"], lambda seen: seen["cost"]["per_hour"] == 3000, "what its worker costs")
    assert (found["cost"]["total"] > 0, found["cost"]["currency"]) == (True, "EUR")
    code = next(way["code"] for way in server.request("GET", f"clusters/{cluster['id']}/snippets").body["snippets"] if way["id"] == "connect")
    assert re.fullmatch(rf"Client-{found['name']}-\S+ 42", told_by(code))
    secrets = [line for line in json.loads((directory / "connection.json").read_text())["tls_client_key"].splitlines() if "-----" not in line]
    assert not any(line in code or line in server.log.read_text() or line in (directory / "supervisor.log").read_text() for line in secrets)

    os.kill(json.loads((directory / "state.json").read_text())["pid"], signal.SIGKILL)
    failed = server.wait_for_cluster(cluster["id"], lambda seen: seen["state"] == "failed" and not seen["remains"], "what is left of it")
    assert failed["reason"].endswith("Nothing of the cluster is left.")
    assert failed["cost"]["per_hour"] == 0
    assert failed["cost"]["total"] >= found["cost"]["total"]
    assert server.request("DELETE", f"clusters/{cluster['id']}").status == 204
    wait_for(lambda: cluster["id"] not in server.clusters(), "its end")


def test_code_makes_a_cluster_of_the_same_class(start_server: StartServer) -> None:
    server = start_server({}, configured_gateway=False, own_compute=[THREADS])
    chosen = {"options": {"threads_per_worker": 2}, "scaling": {"mode": "manual", "count": 1}}
    (way,) = server.request("POST", "backends/threads/snippets", chosen).body["snippets"]
    assert way["id"] == "new-cluster"
    assert told_by(f"{way['code']}\nclient.wait_for_workers(1)\nassert list(client.nthreads().values()) == [2]").endswith(" 42")


def told_by(code: str) -> str:
    """What a Python of its own tells of the ``client`` that the code leaves behind, and computes with it."""
    program = [sys.executable, "-W", "error", "-c", f"{code}\nprint(client.id, client.submit(sum, [40, 2]).result())"]
    return subprocess.run(program, capture_output=True, check=True, timeout=120, text=True).stdout.splitlines()[-1]


def only_directory(server: ServerProcess) -> Path:
    (directory,) = (server.directory / "data" / "pccompute" / "own" / "machine").iterdir()
    return directory


def check_private(directory: Path) -> None:
    for folder in (directory, directory.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in directory.iterdir()}
    assert {"order.json", "state.json", "connection.json", "supervisor.log", "lock"} <= set(files)
    assert set(files.values()) == {0o600}
    endpoint = Path(json.loads((directory / "state.json").read_text())["endpoint"]["path"])
    assert stat.S_IMODE(endpoint.parent.stat().st_mode) == 0o700

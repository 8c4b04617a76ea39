"""A class that blocks for ever, wherever it does, and a scheduler that says nothing keep nobody waiting: not the server, nor whoever ends them."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.server_process import wait_for
from tests.test_no_blocking import AUDIT

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STUCK = {"import": "stuck_import.Cluster", "maker": "odd_clusters.Stuck", "start": "odd_clusters.StuckStart"}


def entry(id: str, path: str) -> dict[str, Any]:
    return {"id": id, "label": id, "class": path, "form": {}}


def test_the_server_answers_whatever_blocks(start_server: StartServer) -> None:
    listed = [*(entry(id, path) for id, path in STUCK.items()), entry("silent", "odd_clusters.Unreachable")]
    server = start_server({"PYTHONPATH": str(Path(__file__).parent)}, script=AUDIT, configured_gateway=False, own_compute=listed)
    stuck = {id: server.create(backend=id)["id"] for id in STUCK}
    silent = server.create(backend="silent")["id"]
    server.wait_until_running(silent)

    # Nobody waits for one that is looked for where nothing answers.
    order: list[str] = []

    def ask() -> None:
        answer = server.request("GET", f"clusters/{silent}/workers")
        order.append(answer.body["code"])

    asking = Thread(target=ask)
    asking.start()
    for id in stuck.values():
        assert server.clusters()[id]["state"] == "pending"
        assert server.request("POST", f"clusters/{id}/scale", {"count": 1}).status in (202, 409)
    assert server.request("GET", "status", api="api/").status == 200
    order.append("all else")
    asking.join()
    assert order == ["all else", "backend-failed"]
    lost = server.wait_for_cluster(silent, lambda seen: seen["live"]["reason"], "why there are no figures")
    assert (lost["live"]["kind"], lost["live"]["connectable"]) == ("none", False)

    # And each ends, though nothing of it ever returns.
    for id in (*stuck.values(), silent):
        assert server.request("DELETE", f"clusters/{id}").status == 204
    wait_for(lambda: not server.clusters(), "the end of all of them")
    text = (server.directory / "blocking.log").read_text()
    assert [line for line in text.splitlines() if not line.startswith(" ")] == ["open /data/pccompute/proof"], text

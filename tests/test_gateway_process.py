"""The test gateway is what it says: it obeys, keeps its clusters over a restart, and ends with whoever started it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from pccompute_ext.backends.local_leftovers import MARKER, end_marked, marked_processes
from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.marked import marked
from tests.server_process import wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


class Command:
    """The gateway as a command, as a test in another language starts it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pccompute_ext.testing.gateway_process", "--max-workers", "1"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.described = self.read()
        self.mark = next(mark for _, mark in marked_processes() if mark.startswith(f"{self.process.pid}-"))
        (self.directory,) = {told.directory for told in marked() if told.mark == self.mark and "pccompute_ext.testing.gateway_server" in told.command}

    def read(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def tell(self, command: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()
        return self.read()

    def has_ended(self) -> bool:
        return not self.directory.exists() and all(mark != self.mark for _, mark in marked_processes())


@pytest.fixture
def command() -> Iterator[Command]:
    made = Command()
    yield made
    made.process.kill()
    made.process.communicate()
    end_marked(made.mark, patience=0)


def test_the_command_describes_itself_and_obeys(command: Command) -> None:
    described = command.described
    assert described["env"]["DASK_GATEWAY__ADDRESS"] == described["address"]
    assert described["env"]["DASK_GATEWAY__AUTH__KWARGS__PASSWORD"] == described["password"]
    for verb in ("kill", "start", "stop", "start"):
        assert command.tell(verb) == {"done": verb}
    assert "Unknown command" in command.tell("dance")["error"]
    output, _ = command.process.communicate(timeout=60)
    assert (output, command.process.returncode) == (b"", 0)
    assert command.has_ended()


@pytest.mark.parametrize("end", ["kill", "terminate"])
def test_everything_ends_with_the_command(command: Command, end: str) -> None:
    name = command.described["username"]
    assert name
    getattr(command.process, end)()
    wait_for(command.has_ended, "the end of all processes")


def test_clusters_outlive_a_restart_and_end_with_the_gateway(own_gateway: GatewayProcess) -> None:
    user = GatewayUser(own_gateway, "alice")
    name = user.create()
    user.wait_until_running(name)
    (mark,) = {
        told.environment[MARKER]
        for told in marked()
        if "distributed.cli.dask_scheduler" in told.command and str(own_gateway.directory) in str(told.directory)
    }
    own_gateway.kill()
    own_gateway.start()
    assert user.clusters()[name]["status"] == "RUNNING"
    own_gateway.stop()
    own_gateway.start()
    assert user.clusters()[name]["status"] == "RUNNING"
    own_gateway.close()
    assert all(its_mark != mark for _, its_mark in marked_processes())
    assert not own_gateway.directory.exists()

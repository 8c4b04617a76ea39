"""What a virtual machine does: it runs the command that its cloud-init gives to Docker, as a process on this machine."""

from __future__ import annotations

import base64
import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml


class Machine:
    """Runs from its making until :meth:`halt`.

    Parameters
    ----------
    address
        Where it may listen, and nowhere else.
    custom_data
        The cloud-init.
    directory
        For its log and whatever the command writes.
    environment
        For the command, beside what Docker gets with ``-e``.
    """

    def __init__(self, address: str, custom_data: str, directory: Path, environment: dict[str, str]) -> None:
        self.log = directory / "log"
        variables, self.command = container(custom_data)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                at_address(self.command, address),
                cwd=directory,
                env={"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "HOME": str(directory), **environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def runs(self) -> bool:
        """Whether its command does."""
        return self._process.poll() is None

    def halt(self) -> None:
        """Take its power away."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def container(custom_data: str) -> tuple[dict[str, str], list[str]]:
    """Return the variables and the command with which a cloud-init runs its container."""
    steps = yaml.safe_load(base64.b64decode(custom_data))["runcmd"]
    (words,) = (shlex.split(step) for step in steps if step.startswith("docker run "))
    variables: dict[str, str] = {}
    at = 2
    # The first that is no option is the image.
    while words[at].startswith("-"):
        if words[at] in ("-e", "--env"):
            name, _, value = words[at + 1].partition("=")
            variables[name] = value
            at += 1
        at += 1
    return variables, words[at + 1 :]


def at_address(command: list[str], address: str) -> list[str]:
    """The machines of Azure have a network each. Here they share one, so each is told its address."""
    if "distributed.cli.dask_scheduler" in command:
        return [*command, "--host", address, "--dashboard-address", f"{address}:8787"]
    if "--spec" in command:
        at = command.index("--spec") + 1
        spec: dict[str, Any] = json.loads(command[at])
        spec["opts"] = {"host": address, "dashboard_address": f"{address}:0", **spec["opts"]}
        return [*command[:at], json.dumps(spec), *command[at + 1 :]]
    return command

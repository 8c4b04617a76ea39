"""A real Dask Gateway in a child process, for tests.

From Python, use :class:`GatewayProcess` or the fixtures. For tests in another language::

    python -m pccompute_ext.testing.gateway_process [--max-workers 2] [--idle-timeout 0] [--prefix /services/dask-gateway]

prints one line of JSON with ``address``, ``proxy_address``, ``username``, ``password`` and ``env`` (what a Jupyter server needs in its environment
to use it), then obeys one command a line on standard input, each answered with a line of JSON: ``kill`` (as after a crash; clusters go on),
``stop`` (in order; clusters go on) and ``start`` (again, at the same address). It ends, with all clusters, at the end of its standard input.
"""

from __future__ import annotations

import argparse
import base64
import json
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from ..backends.ports import free_port
from .children import Children, wait_until, write_settings
from .program import serve, tell


@dataclass(frozen=True)
class HubService:
    """What a gateway that is a service of a JupyterHub knows of its hub."""

    name: str
    """The service's name there."""
    api_url: str
    api_token: str = field(repr=False)


class GatewayProcess:
    """A gateway that can be started, stopped, killed and started again at the same address, and keeps its clusters meanwhile.

    Everything ends with :meth:`close`, and also when this process ends in any other way.

    Parameters
    ----------
    max_workers
        The most workers of one cluster.
    idle_timeout
        Seconds after which an idle cluster is stopped; 0 for never.
    prefix
        A path to serve under, as a hub's service has one.
    hub
        The hub that knows the users; without one, everybody who has the password is a user.
    """

    username = "alice"
    program = "pccompute_ext.testing.gateway_server"
    """The module that runs in the child process, with the file of settings as its argument."""

    def __init__(self, *, max_workers: int = 2, idle_timeout: float = 0, prefix: str = "", hub: HubService | None = None) -> None:
        self.password = secrets.token_urlsafe(16)
        self.directory = Path(tempfile.mkdtemp(prefix="pccompute-gateway-"))
        self._port = free_port()
        self._prefix = prefix
        self._settings = {
            "directory": str(self.directory),
            "port": self._port,
            "api_port": free_port(),
            "prefix": prefix,
            "password": self.password,
            "encrypt_key": base64.b64encode(secrets.token_bytes(32)).decode(),
            "max_workers": max_workers,
            "idle_timeout": idle_timeout,
            "hub": None if hub is None else asdict(hub),
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._children = Children(self.directory)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}{self._prefix}"

    @property
    def proxy_address(self) -> str:
        return f"gateway://127.0.0.1:{self._port}"

    @property
    def log(self) -> Path:
        """The file with the gateway's log."""
        return self.directory / "gateway.log"

    def environment(self, username: str | None = None) -> dict[str, str]:
        """What makes this gateway the configured one of a process: Dask's own environment variables."""
        return {
            "DASK_GATEWAY__ADDRESS": self.address,
            "DASK_GATEWAY__PROXY_ADDRESS": self.proxy_address,
            "DASK_GATEWAY__AUTH__TYPE": "basic",
            "DASK_GATEWAY__AUTH__KWARGS__USERNAME": username or self.username,
            "DASK_GATEWAY__AUTH__KWARGS__PASSWORD": self.password,
        }

    def start(self) -> None:
        """Start, and return when it answers.

        Raises
        ------
        RuntimeError
            It did not start; the message holds the end of its log.
        """
        settings = self.directory / "settings.json"
        write_settings(settings, json.dumps(self._settings))
        self._server = self._children.start(
            [sys.executable, "-m", self.program, str(settings)],
            environment=self._children.environment(),
            log=self.log,
            directory=self.directory,
        )
        wait_until(self.is_healthy, self._server, self.log, "gateway")

    def is_healthy(self) -> bool:
        """Whether it answers now."""
        try:
            with urllib.request.urlopen(f"{self.address}/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop the gateway in order. Its clusters go on."""
        self._end_server(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the gateway. Its clusters go on."""
        self._end_server(signal.SIGKILL)

    def close(self) -> None:
        """End the gateway, its clusters and everything else that it started, and remove its files."""
        self._children.close()

    def _end_server(self, how: signal.Signals) -> None:
        assert self._server is not None, "The gateway was not started."
        self._server.send_signal(how)
        self._server.wait()
        # The proxy, a process of its own, ends by itself when it sees that the gateway is gone.
        while self._accepts_connections():
            time.sleep(0.02)

    def _accepts_connections(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


def describe(gateway: GatewayProcess) -> dict[str, Any]:
    """What the command prints."""
    return {
        "address": gateway.address,
        "proxy_address": gateway.proxy_address,
        "username": gateway.username,
        "password": gateway.password,
        "env": gateway.environment(),
    }


def obey(gateway: GatewayProcess, commands: IO[str], answers: IO[str]) -> None:
    """Carry out commands until there are no more."""
    verbs = {"start": gateway.start, "stop": gateway.stop, "kill": gateway.kill}
    for line in commands:
        command = line.strip()
        if command in verbs:
            verbs[command]()
            tell({"done": command}, answers)
        else:
            tell({"error": f"Unknown command {command!r}, expected one of {sorted(verbs)}"}, answers)


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description="A real Dask Gateway for tests; see the module's documentation.")
    parser.add_argument("--max-workers", type=int, default=2)
    parser.add_argument("--idle-timeout", type=float, default=0)
    parser.add_argument("--prefix", default="")
    gateway = GatewayProcess(**vars(parser.parse_args()))
    serve(gateway, lambda: describe(gateway), lambda commands, answers: obey(gateway, commands, answers))


if __name__ == "__main__":
    main()

"""A real Jupyter server in a child process: what it takes to stop, kill and start one, and to see all that it writes."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pccompute_ext.backends.local_leftovers import MARKER
from pccompute_ext.backends.ports import free_port
from pccompute_ext.testing.children import Children

PATIENCE = 120.0
"""Seconds; far above what anything takes, for machines that are busy."""

T = TypeVar("T")


def wait_for(look: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """Call ``look`` until it returns something true, and return that."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, f"Waited in vain for {what}"
        time.sleep(0.1)
    return found


@dataclass(frozen=True)
class Answer:
    """What came back, with the body as JSON where it is JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]


class ServerProcess:
    """A Jupyter server with the extension, on loopback and a free port.

    Parameters
    ----------
    directory
        For all its files; they stay over a restart.
    environment
        In addition to this process's own.
    traits
        Of ``ComputeApp``.
    script
        Python that the server runs when it reads its configuration.
    """

    base_url = "/user/ann@example.org/"

    def __init__(self, directory: Path, environment: Mapping[str, str], traits: Mapping[str, Any], script: str = "") -> None:
        self.directory = directory
        self.token = secrets.token_hex(16)
        self.port = free_port()
        self.log = directory / "server.log"
        self._children = Children(directory / "scratch")
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = self._make_environment(environment)
        self._write_config(traits)
        (directory / "config" / "jupyter_server_config.py").write_text(script)

    @property
    def mark(self) -> str:
        """Whatever has it in its environment ends with the server."""
        return self._children.mark

    @property
    def url(self) -> str:
        """Of the API, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}{self.base_url}pccompute"

    def start(self) -> None:
        """Start, and return when it answers."""
        command = [sys.executable, "-m", "jupyter_server", "--allow-root", "--debug"]
        self._process = self._children.start(command, environment=self._environment, log=self.log, directory=self.directory)
        wait_for(self._answers, "the Jupyter server's start")

    def stop(self) -> None:
        """Stop in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill, as the kernel's out-of-memory killer would."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """End the server and everything else that it started."""
        if self._process is not None:
            self._process.kill()
        self._children.close()

    def request(self, method: str, path: str, body: object = None, *, raw: bytes | None = None, api: str = "pccompute/") -> Answer:
        """Ask with the server's token. ``path`` is below the namespace, unless ``api`` says otherwise."""
        data = raw if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.base_url}{api}{path}".rstrip("/"),
            method=method,
            data=data,
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return _read(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return _read(error.code, error.read(), dict(error.headers))

    # -- what a browser does -------------------------------------------------------------------------------------------

    def clusters(self) -> dict[str, dict[str, Any]]:
        """The list, by id."""
        answer = self.request("GET", "clusters")
        assert answer.status == 200, answer
        return {cluster["id"]: cluster for cluster in answer.body["clusters"]}

    def problems(self) -> dict[str, dict[str, Any]]:
        """What is wrong, by backend."""
        answer = self.request("GET", "clusters")
        assert answer.status == 200, answer
        return {problem["backend"]: problem for problem in answer.body["problems"]}

    def create(self, **request: Any) -> dict[str, Any]:
        """Ask for a cluster and return its model."""
        answer = self.request("POST", "clusters", {"backend": "gateway", **request})
        assert answer.status == 202, answer
        cluster: dict[str, Any] = answer.body
        return cluster

    def wait_for_cluster(self, cluster_id: str, met: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """Poll the list, as the panel does, until the cluster meets a condition."""

        def look() -> dict[str, Any] | None:
            cluster = self.clusters().get(cluster_id)
            return cluster if cluster is not None and met(cluster) else None

        return wait_for(look, what)

    def wait_until_running(self, cluster_id: str) -> dict[str, Any]:
        def met(cluster: dict[str, Any]) -> bool:
            assert cluster["state"] != "failed", cluster
            return bool(cluster["state"] == "running")

        return self.wait_for_cluster(cluster_id, met, "a running cluster")

    # -- inside --------------------------------------------------------------------------------------------------------

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"The server ended:\n{self.log.read_text()[-4000:]}"
        try:
            return self.request("GET", "status", api="api/").status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None, "The server was not started."
        self._process.send_signal(how)
        self._process.wait()

    def _make_environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        base = {name: value for name, value in os.environ.items() if not name.startswith(("DASK_", "JUPYTER"))}
        # Without compiled files every scheduler would compile all that it imports.
        base.pop("PYTHONDONTWRITEBYTECODE", None)
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "DASK_CONFIG": "dask",
            "IPYTHONDIR": "ipython",
        }
        for folder in folders.values():
            (self.directory / folder).mkdir(parents=True, exist_ok=True)
        paths = {name: str(self.directory / folder) for name, folder in folders.items()}
        return {**base, **paths, MARKER: self.mark, **environment}

    def _write_config(self, traits: Mapping[str, Any]) -> None:
        others = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals", "notebook", "notebook_shim")
        config = {
            "ServerApp": {
                "ip": "127.0.0.1",
                "port": self.port,
                "port_retries": 0,
                "base_url": self.base_url,
                "root_dir": str(self.directory),
                "open_browser": False,
                "jpserver_extensions": {"pccompute_ext": True, **dict.fromkeys(others, False)},
            },
            "IdentityProvider": {"token": self.token},
            "ComputeApp": {"local_gateway": False, "metadata_url": "", "azure_subscription": False, **traits},
        }
        path = self.directory / "config" / "jupyter_server_config.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(config))


def _read(status: int, text: bytes, headers: Mapping[str, str]) -> Answer:
    if "json" in headers.get("Content-Type", "") and text:
        return Answer(status, json.loads(text), headers)
    return Answer(status, text.decode(errors="replace"), headers)

"""A Jupyter server in a child process, with the extensions that a benchmark chooses."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Self

import psutil

from pccompute_ext.backends.ports import free_port

OURS = "pccompute_ext"
PEER = "dask_labextension"
EXTENSIONS = (OURS, PEER, "jupyterlab", "jupyter_lsp", "jupyter_server_proxy", "jupyter_server_terminals", "notebook", "notebook_shim")

PATIENCE = 120.0
"""Seconds that a start may take, for machines that are busy."""

END_PATIENCE = 10.0
"""Seconds that a server has to end in order."""


class JupyterServer:
    """A server on loopback and a free port; a context manager that starts and ends it.

    Parameters
    ----------
    directory
        For all its files.
    extensions
        Those that are on; all others that may be installed are off.
    environment
        In addition to this process's own.
    traits
        Of ``ComputeApp``.
    """

    def __init__(
        self,
        directory: Path,
        extensions: Collection[str],
        environment: Mapping[str, str] | None = None,
        traits: Mapping[str, Any] | None = None,
    ) -> None:
        self.token = secrets.token_hex(16)
        self.port = free_port()
        self.log = directory / "server.log"
        self._directory = directory
        self._module = "jupyterlab" if "jupyterlab" in extensions else "jupyter_server"
        self._environment = {**os.environ, **self._folders(), **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._configure(extensions, traits or {})

    @property
    def url(self) -> str:
        """With a slash at its end."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def headers(self) -> dict[str, str]:
        """What a request needs to be let in."""
        return {"Authorization": f"token {self.token}"}

    @property
    def process(self) -> psutil.Process:
        """The server itself, without its children."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def start(self) -> float:
        """Start, and return the seconds until it answered."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, "--allow-root"],
                cwd=self._directory,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise RuntimeError(f"The server did not start. The end of its log:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.005)
        seconds = time.monotonic() - begun
        if "failed loading" in self.log.read_text():
            raise RuntimeError(f"The server started without one of its extensions. Its log:\n{self.log.read_text()[-4000:]}")
        return seconds

    def close(self) -> None:
        """End the server in order, and by force where that takes too long."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def request(self, method: str, path: str) -> Any:
        """Ask, and return the answer's JSON; ``path`` is from the server's address on."""
        request = urllib.request.Request(self.url + path, method=method, headers=self.headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def cpu_seconds(self) -> float:
        """What the server, without its children, has used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/api/status", headers=self.headers)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _folders(self) -> dict[str, str]:
        names = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
            "DASK_CONFIG": "dask",
        }
        for folder in (*names.values(), "notebooks"):
            (self._directory / folder).mkdir(parents=True, exist_ok=True)
        return {name: str(self._directory / folder) for name, folder in names.items()}

    def _configure(self, extensions: Collection[str], traits: Mapping[str, Any]) -> None:
        config = {
            "ServerApp": {
                "ip": "127.0.0.1",
                "port": self.port,
                "port_retries": 0,
                "root_dir": str(self._directory / "notebooks"),
                "open_browser": False,
                "jpserver_extensions": {name: name in extensions for name in EXTENSIONS},
            },
            "IdentityProvider": {"token": self.token},
            "LabApp": {"news_url": None, "expose_app_in_browser": True},
            "ComputeApp": {"local_gateway": False, "metadata_url": "", "azure_subscription": False, **traits},
        }
        # Their front ends are a matter of their own.
        labextensions = {"pccompute-ext": OURS in extensions, "dask-labextension": PEER in extensions}
        lab = self._directory / "config" / "labconfig"
        lab.mkdir()
        (lab / "page_config.json").write_text(json.dumps({"disabledExtensions": {name: not on for name, on in labextensions.items()}}))
        path = self._directory / "config" / "jupyter_server_config.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(config))

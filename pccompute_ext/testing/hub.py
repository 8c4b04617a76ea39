"""A real JupyterHub with a real Dask Gateway as its service, for tests.

From Python, use :class:`HubProcess` or the fixtures of :mod:`pccompute_ext.testing.hub_fixtures`. For tests in another language::

    python -m pccompute_ext.testing.hub [--max-workers 2]

prints one line of JSON (see :func:`describe`) once the hub and the gateway answer, and ends, with all that it started, at the end of its standard
input. The ``users`` that it names log in with the one password that it prints.
"""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from ..backends.ports import free_port
from .children import Children, wait_until, write_settings
from .gateway_process import GatewayProcess, HubService
from .hub_settings import GATEWAY_SCOPE, IMAGE, SERVICE, USERS, HubSettings, configuration
from .hub_user import HubUser
from .program import serve


class HubProcess:
    """A hub, its proxy, a gateway as its service, and the single-user servers that users start.

    Everything ends with :meth:`close`, and also when this process ends in any other way.

    Parameters
    ----------
    max_workers
        The most workers of one cluster.
    """

    def __init__(self, *, max_workers: int = 2) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="pccompute-hub-"))
        hub_port = free_port()
        gateway_token = secrets.token_hex(16)
        self.gateway = GatewayProcess(
            max_workers=max_workers,
            prefix=f"/services/{SERVICE}",
            hub=HubService(name=SERVICE, api_url=f"http://127.0.0.1:{hub_port}/hub/api", api_token=gateway_token),
        )
        self.settings = HubSettings(
            directory=self.directory,
            port=free_port(),
            hub_port=hub_port,
            proxy_api_port=free_port(),
            gateway_address=self.gateway.address.removesuffix(f"/services/{SERVICE}"),
            gateway_proxy_address=self.gateway.proxy_address,
            password=secrets.token_urlsafe(16),
            gateway_token=gateway_token,
            operator_token=secrets.token_hex(16),
        )
        self._children = Children(self.directory)

    @property
    def url(self) -> str:
        """Where people go, without a slash at the end."""
        return self.settings.url

    @property
    def gateway_address(self) -> str:
        """The gateway as people and their servers reach it: through the hub's proxy."""
        return self.url + self.settings.service_path

    @property
    def log(self) -> Path:
        """The file with the log of the hub, its proxy and the single-user servers."""
        return self.directory / "hub.log"

    def user(self, name: str) -> HubUser:
        """One of the users."""
        return HubUser(self.url, name, self.settings.password, self.settings.operator_token)

    def start(self) -> None:
        """Start hub and gateway, and return when both answer.

        Raises
        ------
        RuntimeError
            One of them did not start; the message holds the end of its log.
        """
        hub = self._start_hub()
        self.gateway.start()
        wait_until(self._is_ready, hub, self.log, "hub")

    def close(self) -> None:
        """End everything, and remove all files."""
        self.gateway.close()
        self._children.close()

    def _start_hub(self) -> subprocess.Popen[bytes]:
        file = self.directory / "jupyterhub_config.json"
        write_settings(file, json.dumps(configuration(self.settings)))
        return self._children.start(
            [sys.executable, "-m", "jupyterhub", "--config", str(file)],
            environment=self._children.environment({"CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16)}),
            log=self.log,
            directory=self.directory,
        )

    def _is_ready(self) -> bool:
        """Whether the hub answers, and the gateway through the hub's proxy."""
        return _answers(f"{self.url}/hub/api/") and _answers(f"{self.gateway_address}api/health")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def describe(hub: HubProcess) -> dict[str, Any]:
    """What the command prints."""
    return {
        "url": hub.url,
        "token_page": f"{hub.url}/hub/token",
        "users": USERS,
        "password": hub.settings.password,
        "operator_token": hub.settings.operator_token,
        "gateway_address": hub.gateway_address,
        "proxy_address": hub.gateway.proxy_address,
        "scope": GATEWAY_SCOPE,
        "image": IMAGE,
        "logs": [str(hub.log), str(hub.gateway.log)],
    }


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description="A real JupyterHub with a Dask Gateway, for tests; see the module's documentation.")
    parser.add_argument("--max-workers", type=int, default=2)
    hub = HubProcess(**vars(parser.parse_args()))
    serve(hub, lambda: describe(hub), lambda commands, _: commands.read())


if __name__ == "__main__":
    main()

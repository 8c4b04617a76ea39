"""The configuration of the test hub: roles with the least scopes, a Dask Gateway as its service, and the environment of single-user servers."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..backends.local_leftovers import MARKER

SERVICE = "dask-gateway"
"""The gateway's name as a service of the hub."""

GATEWAY_SCOPE = f"access:services!service={SERVICE}"
"""The one scope that a token needs to use the gateway."""

ALICE = "alice@example.com"
"""A user whose name is an e-mail address, as on many hubs."""

BOB = "bob"
"""Another user."""

USERS = [ALICE, BOB]

IMAGE = "example.org/notebook:2026.1"
"""The image from which, by their environment, the single-user servers run."""

_OPERATOR_SCOPES = ["admin:users", "admin:servers", "access:servers", "tokens"]

# Kept from the hub's own environment, as far as processes on one machine need it.
_KEPT = [
    "PATH",
    "LANG",
    "LC_ALL",
    "VIRTUAL_ENV",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    MARKER,
]


@dataclass(frozen=True)
class HubSettings:
    """What differs from one test hub to the next."""

    directory: Path
    port: int
    """Of the proxy, which is where people go."""
    hub_port: int
    proxy_api_port: int
    gateway_address: str
    """Where the gateway itself listens, behind the hub's proxy."""
    gateway_proxy_address: str
    password: str = field(repr=False)
    gateway_token: str = field(repr=False)
    """With which the gateway asks the hub who somebody is."""
    operator_token: str = field(repr=False)
    """With which the tests start servers and withdraw tokens."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def service_path(self) -> str:
        return f"/services/{SERVICE}/"


def user_environment(settings: HubSettings) -> dict[str, str]:
    """What a single-user server finds in its environment; the hub itself adds ``JUPYTERHUB_API_TOKEN`` and more."""
    return {
        "DASK_GATEWAY__ADDRESS": settings.url + settings.service_path,
        "DASK_GATEWAY__PUBLIC_ADDRESS": settings.service_path,
        "DASK_GATEWAY__PROXY_ADDRESS": settings.gateway_proxy_address,
        "DASK_GATEWAY__AUTH__TYPE": "jupyterhub",
        "DASK_GATEWAY__CLUSTER__OPTIONS__IMAGE": "{JUPYTER_IMAGE_SPEC}",
        "JUPYTER_IMAGE_SPEC": IMAGE,
    }


def configuration(settings: HubSettings) -> dict[str, Any]:
    """The hub's configuration, as JSON for its configuration file."""
    directory = settings.directory
    return {
        "JupyterHub": {
            "bind_url": settings.url,
            "hub_bind_url": f"http://127.0.0.1:{settings.hub_port}",
            "db_url": f"sqlite:///{directory}/hub.sqlite",
            "cookie_secret_file": str(directory / "cookie_secret"),
            "authenticator_class": "dummy",
            "spawner_class": "simple",
            "services": [
                {"name": SERVICE, "url": settings.gateway_address, "api_token": settings.gateway_token, "display": False},
                {"name": "operator", "api_token": settings.operator_token},
            ],
            "load_roles": [
                # With one of the first two missing, that way in ends with a bare 401 from the gateway.
                {"name": "user", "scopes": ["self", GATEWAY_SCOPE]},
                {"name": "server", "scopes": ["users:activity!user", "access:servers!server", GATEWAY_SCOPE]},
                {"name": "operator", "scopes": _OPERATOR_SCOPES, "services": ["operator"]},
            ],
        },
        # They are known to the hub from its start, also before they log in.
        "Authenticator": {"allowed_users": USERS},
        "DummyAuthenticator": {"password": settings.password},
        "ConfigurableHTTPProxy": {
            "command": [find_proxy()],
            "api_url": f"http://127.0.0.1:{settings.proxy_api_port}",
            "pid_file": str(directory / "proxy.pid"),
        },
        "Spawner": {
            "ip": "127.0.0.1",
            "cmd": [sys.executable, "-m", "jupyterhub.singleuser"],
            # Where tests run on a machine of Azure, its metadata would answer.
            "args": ["--allow-root", "--ServerApp.log_level=DEBUG", "--ComputeApp.metadata_url="],
            "env_keep": _KEPT,
            "environment": user_environment(settings),
            # Far above what a start takes, for machines that are busy.
            "start_timeout": 180,
            "http_timeout": 120,
        },
        "SimpleLocalProcessSpawner": {"home_dir_template": str(directory / "home" / "{username}")},
    }


def find_proxy() -> str:
    """Where configurable-http-proxy is: among this project's npm packages, or on the path.

    Raises
    ------
    FileNotFoundError
        It is not installed.
    """
    packages = Path(__file__).parents[2] / "node_modules" / ".bin"
    for place in (str(packages), None):
        if found := shutil.which("configurable-http-proxy", path=place):
            return found
    raise FileNotFoundError("configurable-http-proxy was not found. In a checkout `make node` installs it, elsewhere `npm install -g` does.")

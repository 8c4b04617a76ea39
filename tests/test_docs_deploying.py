"""What operators are told to configure is what this package reads, and what the tests with a real hub run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from traitlets.config import Config

from pccompute_ext.testing import gateway_server
from pccompute_ext.testing.hub_settings import GATEWAY_SCOPE, HubSettings, configuration, user_environment
from tests.docs_blocks import ROOT, blocks
from tests.test_docs_blocks import ENVIRONMENT, load_config

PAGE = ROOT / "docs" / "operators" / "deploying.md"

READ = """
import asyncio, json
from pccompute_ext.backends.gateway_settings import GatewaySettings, default_options, resolve
endpoint = asyncio.run(resolve(GatewaySettings()))
auth = type(endpoint.auth).__name__
print(json.dumps([endpoint.address, endpoint.proxy_address, auth, endpoint.wants, asyncio.run(default_options())]))
"""

GIVEN_BY_THE_HUB = {"JUPYTERHUB_API_TOKEN": "a-token", "JUPYTER_IMAGE_SPEC": "registry.example.org/notebook:2026.1"}


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """The blocks of configuration on the page, in their order: of The Littlest JupyterHub, and of one machine the hub and the gateway."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return [load_config(block.code, tmp_path) for block in blocks("python config") if block.page == PAGE]


def helm() -> Any:
    (block,) = blocks("yaml jupyterhub")
    return yaml.safe_load(block.code)


def read_by_the_backend(environment: dict[str, str], directory: Path) -> list[Any]:
    base = {name: value for name, value in os.environ.items() if not name.startswith(("DASK_", "JUPYTER"))}
    child = {**base, "DASK_CONFIG": str(directory), **GIVEN_BY_THE_HUB, **environment}
    done = subprocess.run([sys.executable, "-c", READ], env=child, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    read: list[Any] = json.loads(done.stdout)
    return read


def test_the_variables_of_a_server_on_kubernetes(tmp_path: Path) -> None:
    assert read_by_the_backend(helm()["singleuser"]["extraEnv"], tmp_path) == [
        "http://proxy-public/services/dask-gateway",
        "gateway://traefik-dask-gateway:80",
        "JupyterHubAuth",
        "token",
        {"image": "registry.example.org/notebook:2026.1"},
    ]


def test_the_variables_of_a_server_beside_another_hubs_gateway(configured: list[Config], tmp_path: Path) -> None:
    read = read_by_the_backend(configured[0].Spawner.environment, tmp_path)
    assert read[:4] == ["https://hub.example.org/services/dask-gateway", "gateway://hub.example.org:443", "JupyterHubAuth", "token"]


def test_the_variables_of_a_server_on_one_machine(configured: list[Config], tmp_path: Path) -> None:
    read = read_by_the_backend(configured[1].Spawner.environment, tmp_path)
    assert read[:4] == ["http://127.0.0.1:8000/services/dask-gateway", "gateway://127.0.0.1:8787", "JupyterHubAuth", "token"]


@pytest.fixture
def tested(tmp_path: Path) -> HubSettings:
    """Those of the hub that the tests run."""
    return HubSettings(tmp_path, 8000, 8081, 8001, "http://127.0.0.1:8787", "gateway://127.0.0.1:8787", "password", "token", "operator")


def test_the_hub_of_the_tests_is_configured_as_the_pages_say(configured: list[Config], tested: HubSettings) -> None:
    hub = configuration(tested)["JupyterHub"]
    roles = [role for role in hub["load_roles"] if role["name"] in ("user", "server")]
    assert all(GATEWAY_SCOPE in role["scopes"] for role in roles)
    assert configured[1].JupyterHub.load_roles == roles
    assert [{"name": name, **role} for name, role in helm()["hub"]["loadRoles"].items()] == roles
    (service, _) = hub["services"]
    (told,) = configured[1].JupyterHub.services
    assert told == service | {"api_token": ENVIRONMENT["DASK_GATEWAY_TOKEN"]}
    assert list(helm()["hub"]["services"]) == [service["name"]]
    environment = user_environment(tested)
    assert configured[1].Spawner.environment.items() <= environment.items()
    assert helm()["singleuser"]["extraEnv"].keys() <= environment.keys()


def test_the_gateway_of_the_tests_is_configured_as_the_pages_say(configured: list[Config], tmp_path: Path) -> None:
    told = configured[2]
    hub = {"api_url": "http://127.0.0.1:8081/hub/api", "api_token": ENVIRONMENT["DASK_GATEWAY_TOKEN"], "name": "dask-gateway"}
    settings = {"api_port": 8788, "port": 8787, "prefix": "/services/dask-gateway", "hub": hub, "max_workers": 8, "idle_timeout": 1800}
    run = gateway_server.configuration({**settings, "directory": str(tmp_path), "encrypt_key": "key", "password": None})
    for section in ("ClusterConfig", "JupyterHubAuthenticator", "Proxy"):
        assert told[section].items() <= run[section].items()
    # The tests have no users of the system.
    assert run.DaskGateway.backend_class == told.DaskGateway.backend_class.replace("LocalBackend", "UnsafeLocalBackend")
    assert run.DaskGateway.authenticator_class == told.DaskGateway.authenticator_class
    assert run.DaskGateway.address == told.DaskGateway.address


def test_every_lock_is_on_the_page_of_settings() -> None:
    text = (ROOT / "docs" / "operators" / "settings.md").read_text()
    table = text.partition("## Locked settings")[2].partition("\n## ")[0]
    for trait in ("user_gateways", "allowed_addresses", "allowed_auth_types", "allowed_stores", "configured_gateway", "gateways", "local_gateway"):
        assert f"`{trait}`" in table

"""The program that runs in the child process of a :class:`~pccompute_ext.testing.gateway_process.GatewayProcess`.

A real ``dask-gateway-server`` with options like the Planetary Computer's, as far as processes on one machine can honour them.
Run as ``python -m pccompute_ext.testing.gateway_server <settings.json>``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dask_gateway_server.app import DaskGateway
from dask_gateway_server.options import Bool, Float, Mapping, Options, Select, String
from traitlets.config import Config

from ..backends.local_leftovers import MARKER

BROKEN_IMAGE = "broken"
"""An image whose clusters fail to start."""

STUCK_IMAGE = "stuck"
"""An image whose clusters stay pending."""

REFUSED_IMAGE = "refused"
"""An image with which the gateway refuses to create a cluster."""

PYTHON_IMAGE = "python:"
"""Before the path of a Python: an image with other versions, namely those that are installed for it."""

_SCHEDULERS = {
    BROKEN_IMAGE: [sys.executable, "-c", "raise SystemExit('This image does not start.')"],
    STUCK_IMAGE: [sys.executable, "-c", "import time; time.sleep(600)"],
}


def cluster_options() -> Options:
    """What users may choose: every kind of field that Dask Gateway has."""

    def configure(options: Any) -> dict[str, Any]:
        if options.image == REFUSED_IMAGE:
            raise ValueError(f"The image {REFUSED_IMAGE!r} is not one that this gateway may run.")
        chosen = {
            "worker_cores": max(1, round(options.worker_cores)),
            "worker_memory": int(options.worker_memory * 2**30),
            "environment": options.environment,
        }
        if options.image in _SCHEDULERS:
            chosen["scheduler_cmd"] = _SCHEDULERS[options.image]
        if options.image.startswith(PYTHON_IMAGE):
            chosen |= commands(options.image.removeprefix(PYTHON_IMAGE))
        return chosen

    return Options(
        Float("worker_cores", default=1, min=0.1, max=8, label="Worker cores"),
        Float("worker_memory", default=1, min=0.5, max=64, label="Worker memory (GiB)"),
        String("image", default="pangeo/pangeo-notebook:latest", label="Image"),
        Bool("gpu", default=False, label="GPU"),
        Mapping("environment", default={}, label="Environment variables"),
        Select("profile", ["standard", "spot"], default="standard", label="Profile"),
        handler=configure,
    )


def commands(python: str) -> dict[str, list[str]]:
    """How a Python starts schedulers and workers. The programs that the server starts by default are gone from newer releases of distributed."""
    return {"scheduler_cmd": [python, "-m", "distributed.cli.dask_scheduler"], "worker_cmd": [python, "-m", "distributed.cli.dask_worker"]}


def configuration(settings: dict[str, Any]) -> Config:
    """The gateway's configuration from the settings of a ``GatewayProcess``."""
    c = Config()
    c.DaskGateway.address = f"127.0.0.1:{settings['api_port']}"
    c.DaskGateway.backend_class = "dask_gateway_server.backends.local.UnsafeLocalBackend"
    if hub := settings["hub"]:
        c.DaskGateway.authenticator_class = "dask_gateway_server.auth.JupyterHubAuthenticator"
        c.JupyterHubAuthenticator.jupyterhub_api_url = hub["api_url"]
        c.JupyterHubAuthenticator.jupyterhub_api_token = hub["api_token"]
        c.JupyterHubAuthenticator.jupyterhub_service_name = hub["name"]
        # A token that was withdrawn is noticed soon.
        c.JupyterHubAuthenticator.cache_max_age = 1
    else:
        c.DaskGateway.authenticator_class = "dask_gateway_server.auth.SimpleAuthenticator"
        c.SimpleAuthenticator.password = settings["password"]
    c.Proxy.address = f"127.0.0.1:{settings['port']}"
    c.Proxy.prefix = settings["prefix"]
    c.Proxy.proxy_status_period = 1.0
    c.ClusterConfig.update(commands(sys.executable))
    c.ClusterConfig.cluster_max_workers = settings["max_workers"]
    c.ClusterConfig.idle_timeout = settings["idle_timeout"]
    c.ClusterConfig.adaptive_period = 0.5
    c.LocalBackend.clusters_directory = settings["directory"]
    c.LocalBackend.sigint_timeout = 5
    c.UnsafeLocalBackend.inherited_environment = ["PATH", "HOME", "LANG", "OPENBLAS_CORETYPE", MARKER]
    c.Backend.cluster_options = cluster_options()
    # A failed start is noticed soon, a stop and a start of the gateway itself leaves the clusters alone.
    c.DBBackendBase.cluster_status_period = 1.0
    c.DBBackendBase.db_url = f"sqlite:///{settings['directory']}/gateway.sqlite"
    c.DBBackendBase.db_encrypt_keys = [settings["encrypt_key"]]
    c.DBBackendBase.stop_clusters_on_shutdown = False
    return c


def main() -> None:
    """Run the program."""
    settings = json.loads(Path(sys.argv[1]).read_text())
    gateway = DaskGateway(config=configuration(settings))
    gateway.initialize([])
    gateway.start()


if __name__ == "__main__":
    main()

"""The program of the gateway on this machine: a real ``dask-gateway-server`` that ends with the process that started it.

It reads its settings, one line of JSON, from standard input, writes a line to standard output when it is ready, and runs until its standard input
ends, which happens when the other process ends in whatever way. Then it ends its clusters and everything else that carries its mark, and removes
its directory.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, Final

import msgspec
from aiohttp import ClientError
from dask_gateway_server import options as gateway_options
from dask_gateway_server.app import DaskGateway
from dask_gateway_server.backends.local import UnsafeLocalBackend
from traitlets.config import Config

from .local_leftovers import MARKER, end_marked
from .local_machine import GIB
from .local_settings import READY, LocalSettings

_FIELDS: Final = {"int": gateway_options.Integer, "float": gateway_options.Float, "mapping": gateway_options.Mapping}
_SCHEDULER_MEMORY: Final = 2 * GIB
_PATIENCE: Final = 2.0

# Secrets of the Jupyter server, what dask-gateway itself sets for a cluster, and what makes Python slow.
_NOT_INHERITED: Final = ("JUPYTER", "JPY_", "DASK_GATEWAY", "DASK_DISTRIBUTED__COMM", "PYTHONDONTWRITEBYTECODE")


class MachineBackend(UnsafeLocalBackend):  # type: ignore[misc]
    """Runs clusters as processes of this user, in the environment of the Jupyter server."""

    def get_env(self, cluster: Any) -> dict[str, str]:
        """Give a cluster's processes their environment: what the user chose for the cluster goes before what is inherited."""
        user = {"USER": os.environ["USER"]} if "USER" in os.environ else {}
        return {**inherited(os.environ), **super().get_env(cluster), **user, MARKER: os.environ[MARKER]}


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """What the processes of a cluster get of an environment."""
    return {name: value for name, value in environment.items() if not name.startswith(_NOT_INHERITED)}


def configuration(settings: LocalSettings) -> Config:
    """Dask Gateway's configuration."""
    c = Config()
    c.DaskGateway.address = f"127.0.0.1:{settings.api_port}"
    c.DaskGateway.backend_class = MachineBackend
    c.DaskGateway.authenticator_class = "dask_gateway_server.auth.SimpleAuthenticator"
    c.SimpleAuthenticator.password = settings.password
    c.Proxy.address = f"127.0.0.1:{settings.port}"
    # The programs that dask-gateway-server starts by default are gone from newer releases of distributed.
    c.ClusterConfig.scheduler_cmd = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    c.ClusterConfig.worker_cmd = [sys.executable, "-m", "distributed.cli.dask_worker"]
    c.ClusterConfig.idle_timeout = settings.idle_timeout
    c.ClusterConfig.adaptive_period = 1.0
    # The gateway counts the scheduler too; the workers alone may have all that there is.
    c.ClusterConfig.scheduler_cores = 1
    c.ClusterConfig.scheduler_memory = _SCHEDULER_MEMORY
    c.ClusterConfig.cluster_max_cores = settings.cores + 1
    c.ClusterConfig.cluster_max_memory = settings.memory + _SCHEDULER_MEMORY
    c.LocalBackend.clusters_directory = settings.directory
    c.UnsafeLocalBackend.inherited_environment = []
    c.Backend.cluster_options = cluster_options(settings.fields)
    c.DBBackendBase.cluster_status_period = 2.0
    return c


def cluster_options(fields: list[dict[str, Any]]) -> Any:
    """Dask Gateway's options from their description."""

    def configure(chosen: Any) -> dict[str, Any]:
        return {"worker_cores": chosen.worker_cores, "worker_memory": int(chosen.worker_memory * GIB), "environment": chosen.environment}

    made = []
    for field in fields:
        spec = dict(field["spec"])
        made.append(_FIELDS[spec.pop("type")](field["field"], default=field["default"], label=field["label"], **spec))
    return gateway_options.Options(*made, handler=configure)


async def serve(settings: LocalSettings, owner_gone: asyncio.Event, answers: IO[bytes]) -> None:
    """Run the gateway until the event, and say when it answers."""
    gateway = DaskGateway(config=configuration(settings))
    gateway.initialize([])
    await gateway.setup()
    await _answers(gateway.backend.session, f"http://127.0.0.1:{settings.port}/api/health")
    answers.write(READY)
    answers.flush()
    await owner_gone.wait()


async def run(settings: LocalSettings, answers: IO[bytes]) -> None:
    """Run the gateway until standard input ends."""
    owner_gone = asyncio.Event()
    loop = asyncio.get_running_loop()

    def watch() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(owner_gone.set)

    threading.Thread(target=watch, daemon=True).start()
    serving = asyncio.create_task(serve(settings, owner_gone, answers))
    gone = asyncio.create_task(owner_gone.wait())
    await asyncio.wait({serving, gone}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()


async def _answers(session: Any, url: str) -> None:
    while True:
        with suppress(ClientError):
            async with session.get(url) as response:
                if response.status == 200:
                    return
        await asyncio.sleep(0.02)


def main() -> None:
    """Run the program."""
    settings = msgspec.json.decode(sys.stdin.buffer.readline(), type=LocalSettings)
    # Nobody reads what the gateway's proxy may print: it goes where the log goes.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        asyncio.run(run(settings, answers))
    finally:
        # The clusters' results can't be reached any more: there is nothing to wait for.
        end_marked(os.environ[MARKER], _PATIENCE)
        shutil.rmtree(settings.directory, ignore_errors=True)


if __name__ == "__main__":
    main()

"""The program of a gateway whose clusters are generated. Run as ``python -m bench.generated.gateway <settings.json>``."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from dask_gateway_server.app import DaskGateway
from dask_gateway_server.backends import db_base
from dask_gateway_server.backends.local import UnsafeLocalBackend
from traitlets import Dict

from pccompute_ext.testing.gateway_server import configuration


class GeneratedBackend(UnsafeLocalBackend):
    """Starts nothing: a new cluster is told to be at the generated schedulers."""

    schedulers = Dict(config=True)

    async def do_start_cluster(self, cluster: Any) -> AsyncIterator[dict[str, Any]]:
        yield {}
        self.task_pool.spawn(self._begin(cluster.name))

    async def _begin(self, name: str) -> None:
        # Only a cluster that the gateway has noted as submitted can begin to run.
        await asyncio.sleep(0.1)
        beat = {
            "api_address": self.schedulers["api"],
            "scheduler_address": self.schedulers["scheduler"],
            "dashboard_address": "",
            "count": 0,
            "active_workers": [],
            "closing_workers": [],
            "closed_workers": [],
        }
        await self.on_cluster_heartbeat(name, beat)

    async def do_stop_cluster(self, cluster: Any) -> None:
        pass

    async def do_check_clusters(self, clusters: list[Any]) -> list[bool]:
        return [True] * len(clusters)


def main() -> None:
    """Run the program."""
    settings = json.loads(Path(sys.argv[1]).read_text())
    schedulers = settings["schedulers"]
    keypair = tuple(Path(settings["keys"], name).read_bytes() for name in ("cert.pem", "key.pem"))
    # Making a key for each takes a tenth of a second, which is not what is measured here.
    db_base.new_keypair = lambda name: keypair
    config = configuration(settings)
    config.DaskGateway.backend_class = GeneratedBackend
    config.GeneratedBackend.schedulers = schedulers
    config.DBBackendBase.cluster_heartbeat_timeout = 3600
    gateway = DaskGateway(config=config)
    gateway.initialize([])
    gateway.start()


if __name__ == "__main__":
    main()

"""From the request for a cluster to its running, beside ``dask_gateway.Gateway.new_cluster()``.

In turn on the same gateway: a cluster through the REST API of pccompute, from sending the request until the event that it runs has arrived; and
one by ``new_cluster()``, which returns when its cluster runs and is connected to. Each is stopped, and waited for, before the next one begins.
"""

from __future__ import annotations

import asyncio
import time

from pccompute_ext.testing.gateway_user import GatewayUser

from .harness.figures import Outcome, compare
from .harness.gateways import end_clusters, real_gateway
from .harness.panel import Panel, panel
from .harness.run import Run
from .harness.server import OURS, JupyterServer

BACKEND = "gateway"


def measure(run: Run) -> Outcome:
    """Aim: 5% more than the bare client at most."""
    with real_gateway() as gateway:
        user = GatewayUser(gateway, "creating")
        with JupyterServer(run.folder("create"), [OURS], user.environment) as server:
            ours, bare = asyncio.run(_alternate(run, server, user))
    return Outcome([compare("Create to running", "s", ours, bare, versus="Gateway.new_cluster()", aim=1.05)])


async def _alternate(run: Run, server: JupyterServer, user: GatewayUser) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    bare: list[float] = []
    async with panel(server) as opened:
        # The first of each imports, and compiles what is not yet compiled.
        await _ours(opened, user)
        await _bare(user)
        for number in range(run.of(10, 1)):
            if number % 2:
                ours.append(await _ours(opened, user))
                bare.append(await _bare(user))
            else:
                bare.append(await _bare(user))
                ours.append(await _ours(opened, user))
    return ours, bare


async def _ours(opened: Panel, user: GatewayUser) -> float:
    begun = time.monotonic()
    cluster = await opened.request("POST", "clusters", {"backend": BACKEND})
    await opened.wait_for(cluster["id"], lambda model: model["state"] == "running")
    seconds = time.monotonic() - begun
    await asyncio.to_thread(end_clusters, user)
    return seconds


async def _bare(user: GatewayUser) -> float:
    from dask_gateway import BasicAuth, Gateway

    address, auth = user.gateway.address, BasicAuth(user.name, user.gateway.password)
    async with Gateway(address, proxy_address=user.gateway.proxy_address, auth=auth, asynchronous=True) as client:
        begun = time.monotonic()
        cluster = await client.new_cluster()
        seconds = time.monotonic() - begun
        await cluster.close(shutdown=True)
    await asyncio.to_thread(end_clusters, user)
    return seconds

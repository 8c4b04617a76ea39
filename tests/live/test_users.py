"""Which notebook of this server uses a cluster, with a real kernel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp

from pccompute_ext.testing.gateway_user import GatewayUser
from tests.conftest import Api

from .conftest import PATIENCE, Listener

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

CONNECT = """
from dask_gateway import Gateway
gateway = Gateway()
cluster = gateway.connect({name!r})
client = cluster.get_client()
"""


@asynccontextmanager
async def notebook(server: ServerApp, path: str) -> AsyncIterator[Any]:
    """A notebook with a kernel; gives the kernel's client."""
    session = await server.session_manager.create_session(path=path, name=path, type="notebook", kernel_name="python3")
    kernel_id = session["kernel"]["id"]
    client: Any = server.kernel_manager.get_kernel(kernel_id).client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=PATIENCE)
        yield client
    finally:
        client.stop_channels()
        await server.session_manager.delete_session(session["id"])


async def execute(client: Any, code: str) -> None:
    client.execute(code)
    reply = await client.get_shell_msg(timeout=PATIENCE)
    assert reply["content"]["status"] == "ok", reply["content"]


async def test_a_notebook_that_uses_a_cluster_is_named(
    api: Api, server: ServerApp, listener: Listener, gateway_user: GatewayUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in gateway_user.environment.items():
        monkeypatch.setenv(variable, value)
    async with listener.looking():
        id = await listener.running()
        (name,) = gateway_user.clusters()
        async with notebook(server, "analysis.ipynb") as kernel:
            await execute(kernel, CONNECT.format(name=name))
            used = await listener.until(id, lambda cluster: cluster["used_by"], "the notebook")
            (use,) = used["used_by"]
            assert (used["clients"], use["notebook"], use["label"]) == (1, "analysis.ipynb", "analysis.ipynb")
            assert use["kernel"] in server.kernel_manager.list_kernel_ids()
        await listener.until(id, lambda cluster: cluster["clients"] == 0 and not cluster["used_by"], "the end of the notebook")
        await listener.stop(id)
        await asyncio.sleep(0)

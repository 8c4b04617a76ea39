"""How long other requests to the Jupyter server take while clusters are created, scaled and listed and one backend never answers.

``/api/status`` is asked 50 times a second, each request on time whether or not the one before it was answered: first with nothing else to do,
then while ten clusters are created, scaled as soon as they run, and listed twice a second. What counts is the 99th percentile above the idle one.
With generated clusters, nothing but the server and the gateway is at work. pccompute has a second gateway there, which accepts connections and
never answers. With real ones, ten schedulers start on the same cores, which slows everything; so dask-labextension is measured with the same, and
so is a server with neither while the clusters are made from outside. dask-labextension knows one kind of cluster only, so it has no backend that
never answers, and it is not asked to scale a cluster before its request to create it has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial

import aiohttp

from pccompute_ext.testing.gateway_user import GatewayUser

from .generated.process import generated_gateway
from .harness import peer
from .harness.figures import Figure, Outcome, quantile
from .harness.gateways import end_clusters, real_gateway
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

RATE = 50
"""Requests a second."""

CLUSTERS = 10
AIM = 10
"""Milliseconds."""

Work = Callable[[aiohttp.ClientSession], Awaitable[None]]


def measure(run: Run) -> Outcome:
    """Aim: 10 ms above idle."""
    return asyncio.run(_measure(run))


async def _measure(run: Run) -> Outcome:
    async with _black_hole() as black_hole:
        traits = {"gateways": [{"id": "hole", "address": black_hole, "proxy_address": black_hole.replace("http", "gateway")}]}
        with generated_gateway(run) as gateway:
            user = GatewayUser(gateway, "busy")
            generated = await _added(run, user, [OURS], user.environment, traits, _ours)
        with real_gateway() as gateway:
            user = GatewayUser(gateway, "busy")
            ours = await _added(run, user, [OURS], user.environment, traits, _ours)
            peers = await _added(run, user, [PEER], user.environment | peer.environment(), {}, _peers)
            neither = await _added(run, user, [], user.environment, {}, partial(_from_outside, user))
    return Outcome(
        [
            Figure("Generated clusters: 99th percentile above idle", generated, "ms", aim=AIM),
            Figure("Real clusters: 99th percentile above idle", ours, "ms", peer=peers, versus="dask-labextension"),
            Figure("Real clusters: 99th percentile above idle", ours, "ms", peer=neither, versus="server with neither"),
        ]
    )


async def _added(
    run: Run,
    user: GatewayUser,
    extensions: list[str],
    environment: dict[str, str],
    traits: Mapping[str, object],
    work: Callable[..., Awaitable[None]],
) -> float:
    """Milliseconds that the work adds to the 99th percentile."""
    with JupyterServer(run.folder("responsive"), extensions, environment, traits) as server:
        async with aiohttp.ClientSession(server.url, headers=server.headers) as session:
            # The first request for a cluster imports Dask: not part of what is asked here, but of its own interest.
            await _ask_while(session, asyncio.sleep(1))
            idle = await _ask_while(session, asyncio.sleep(run.of(10, 3)))
            busy = await _ask_while(session, work(session))
    await asyncio.to_thread(end_clusters, user)
    return quantile(busy, 0.99) - quantile(idle, 0.99)


async def _ask_while(session: aiohttp.ClientSession, work: Awaitable[None]) -> list[float]:
    """The times of all answers, in milliseconds, from when each request was due."""
    working = asyncio.ensure_future(work)
    asked: list[asyncio.Task[float]] = []
    due = time.monotonic()
    while not working.done():
        asked.append(asyncio.create_task(_ask(session, due)))
        due += 1 / RATE
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    await working
    return await asyncio.gather(*asked)


async def _ask(session: aiohttp.ClientSession, due: float) -> float:
    async with session.get("/api/status") as answer:
        await answer.read()
        answer.raise_for_status()
    return 1000 * (time.monotonic() - due)


async def _ours(session: aiohttp.ClientSession) -> None:
    async def one() -> None:
        cluster = await _json(session, "POST", "/pccompute/clusters", {"backend": "gateway"})
        path = f"/pccompute/clusters/{cluster['id']}"
        while (await _json(session, "GET", path))["state"] == "pending":  # noqa: ASYNC110 - as somebody who polls
            await asyncio.sleep(0.5)
        await _json(session, "POST", f"{path}/scale", {"count": 0})

    await _with_lists(session, "/pccompute/clusters", [one() for _ in range(CLUSTERS)])


async def _peers(session: aiohttp.ClientSession) -> None:
    async def one() -> None:
        cluster = await _json(session, "PUT", "/dask/clusters/", {})
        await _json(session, "PATCH", f"/dask/clusters/{cluster['id']}", {"workers": 0})

    await _with_lists(session, "/dask/clusters/", [one() for _ in range(CLUSTERS)])


async def _from_outside(user: GatewayUser, session: aiohttp.ClientSession) -> None:
    def one() -> None:
        name = user.create()
        user.wait_until_running(name)
        user.scale(name, 0)

    await _with_lists(session, "/api/kernels", [asyncio.to_thread(one) for _ in range(CLUSTERS)])


async def _with_lists(session: aiohttp.ClientSession, path: str, creations: list[Awaitable[None]]) -> None:
    creating = asyncio.gather(*creations)
    while not creating.done():
        await _json(session, "GET", path)
        await asyncio.sleep(0.5)
    await creating


async def _json(session: aiohttp.ClientSession, method: str, path: str, body: object = None) -> dict[str, str]:
    async with session.request(method, path, json=body) as answer:
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
        found: dict[str, str] = await answer.json()
        return found


@contextlib.asynccontextmanager
async def _black_hole() -> AsyncIterator[str]:
    """The address of what takes requests and never answers."""

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

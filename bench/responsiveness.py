"""How long other requests to the Jupyter server take while clusters are created, scaled and listed and one backend never answers.

``/api/status`` is asked 50 times a second, each request on time whether or not the one before it was answered: first with nothing else to do,
then while ten clusters are created at once, scaled as soon as they run, and listed twice a second. What counts is the 99th percentile above the idle
one. With generated clusters (see `bench/generated`), nothing but the server and the gateway is at work; this is done again until ten seconds are
over. pccompute has a second gateway there, which accepts connections and never answers. With real ones, ten schedulers start on the same cores,
which slows everything; so dask-labextension is measured with the same. Beside both is a server with neither, while the same clusters are made from
outside, and with each request that is sent to the gateway for them, one for its kernels is sent to the server. What that adds is not an extension's:
it is the machine's, and what Jupyter Server takes for any ten requests that come at once.
dask-labextension knows one kind of cluster only, so it has no backend that never answers, and it is not asked to scale a cluster before its request
to create it has ended. pccompute imports Dask when somebody first asks for its list, dask-labextension while the server starts: what the import does
to other requests is a figure of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from pccompute_ext.testing.gateway_user import GatewayUser

from .generated.process import generated_gateway
from .harness import peer
from .harness.figures import Figure, Outcome, quantile
from .harness.gateways import end_clusters, real_gateway
from .harness.parts import Parts
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

RATE = 50
"""Requests a second."""

CLUSTERS = 10

AIM = 10
"""Milliseconds."""

PART = 110.0
"""The most seconds for one server."""

Work = Callable[[aiohttp.ClientSession], Awaitable[None]]


@dataclass(frozen=True)
class Subject:
    """A Jupyter server, and what it is busy with."""

    extensions: Collection[str]
    work: Work
    environment: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, object] = field(default_factory=dict)
    prepare: Work | None = None
    """What is done once, before the work."""


@dataclass(frozen=True)
class Found:
    """99th percentiles, in milliseconds."""

    idle: float
    preparing: float
    busy: float

    @property
    def added(self) -> float:
        return self.busy - self.idle


def measure(run: Run) -> Outcome:
    """Aim: 10 ms above idle."""
    parts = Parts()
    with generated_gateway(run) as gateway:
        user = GatewayUser(gateway, "busy")
        generated = parts.measure("pccompute with generated clusters", PART, lambda: asyncio.run(_ours(run, user, run.of(10, 3))))
        floor = parts.measure("The server with neither, generated clusters", PART, lambda: asyncio.run(_neither(run, user, run.of(10, 3))))
    with real_gateway() as gateway:
        user = GatewayUser(gateway, "busy")
        ours = parts.measure("pccompute with real clusters", PART, lambda: asyncio.run(_ours(run, user, 0)))
        peers = parts.measure("dask-labextension", PART, lambda: asyncio.run(_peers(run, user)))
        neither = parts.measure("The server with neither", PART, lambda: asyncio.run(_neither(run, user, 0)))
    subjects = {
        "pccompute with generated clusters": generated,
        "a server with neither beside them": floor,
        "pccompute with real ones": ours,
        "dask-labextension": peers,
        "a server with neither": neither,
    }
    return Outcome(_figures(generated, floor, ours, peers, neither), notes=_notes(subjects), failures=parts.failures)


def _figures(generated: Found | None, floor: Found | None, ours: Found | None, peers: Found | None, neither: Found | None) -> list[Figure]:
    figures = []
    if generated is not None:
        beside: dict[str, Any] = {} if floor is None else {"peer": floor.added, "versus": "server with neither"}
        figures.append(Figure("Generated clusters: 99th percentile above idle", generated.added, "ms", aim=AIM, **beside))
        figures.append(Figure("While Dask is imported: 99th percentile above idle", generated.preparing - generated.idle, "ms"))
    if ours is not None:
        for found, versus in ((peers, "dask-labextension"), (neither, "server with neither")):
            if found is not None:
                figures.append(Figure("Real clusters: 99th percentile above idle", ours.added, "ms", peer=found.added, versus=versus))
    return figures


def _notes(subjects: Mapping[str, Found | None]) -> list[str]:
    told = [f"{name} {found.idle:.1f} and {found.busy:.1f} ms" for name, found in subjects.items() if found is not None]
    return [f"The 99th percentiles themselves, idle and busy: {'; '.join(told)}."]


async def _ours(run: Run, user: GatewayUser, seconds: float) -> Found:
    async def one(session: aiohttp.ClientSession) -> None:
        cluster = await _json(session, "POST", "/pccompute/clusters", {"backend": "gateway"})
        path = f"/pccompute/clusters/{cluster['id']}"
        await _once_it_runs(lambda: _json(session, "GET", path), "state", "pending")
        await _json(session, "POST", f"{path}/scale", {"count": 0})

    async def work(session: aiohttp.ClientSession) -> None:
        await _for(seconds, user, lambda: _with_lists(session, "/pccompute/clusters", one))

    async def prepare(session: aiohttp.ClientSession) -> None:
        await _json(session, "GET", "/pccompute/clusters")

    async with _black_hole() as address:
        hole = {"id": "hole", "address": address, "proxy_address": address.replace("http", "gateway")}
        return await _look(run, user, Subject([OURS], work, user.environment, {"gateways": [hole]}, prepare))


async def _peers(run: Run, user: GatewayUser) -> Found:
    async def one(session: aiohttp.ClientSession) -> None:
        cluster = await _json(session, "PUT", "/dask/clusters/", {})
        await _json(session, "PATCH", f"/dask/clusters/{cluster['id']}", {"workers": 0})

    async def work(session: aiohttp.ClientSession) -> None:
        await _with_lists(session, "/dask/clusters/", one)

    return await _look(run, user, Subject([PEER], work, user.environment | peer.environment()))


async def _neither(run: Run, user: GatewayUser, seconds: float) -> Found:
    async def work(session: aiohttp.ClientSession) -> None:
        auth = aiohttp.BasicAuth(user.name, user.gateway.password)
        async with aiohttp.ClientSession(user.gateway.address, auth=auth) as outside:

            async def both(method: str, path: str, body: object = None) -> dict[str, str]:
                _, answer = await asyncio.gather(_json(session, "GET", "/api/kernels"), _json(outside, method, path, body))
                return answer

            async def one(_: aiohttp.ClientSession) -> None:
                cluster = await both("POST", "/api/v1/clusters/", {"cluster_options": {}})
                path = f"/api/v1/clusters/{cluster['name']}"
                await _once_it_runs(lambda: both("GET", path), "status", "PENDING")
                await both("POST", f"{path}/scale", {"count": 0})

            await _for(seconds, user, lambda: _with_lists(session, "/api/kernels", one))

    return await _look(run, user, Subject([], work))


async def _look(run: Run, user: GatewayUser, subject: Subject) -> Found:
    """Ask a server that is idle, and then busy. The user's clusters end with it."""
    try:
        with JupyterServer(run.folder("responsive"), subject.extensions, subject.environment, subject.traits) as server:
            async with aiohttp.ClientSession(server.url, headers=server.headers) as session:
                # What comes first takes longer, whatever it is.
                await _ask_while(session, asyncio.sleep(1))
                idle = await _ask_while(session, asyncio.sleep(run.of(10, 3)))
                preparing = await _ask_while(session, subject.prepare(session)) if subject.prepare else idle
                busy = await _ask_while(session, subject.work(session))
    finally:
        await asyncio.to_thread(end_clusters, user)
    return Found(quantile(idle, 0.99), quantile(preparing, 0.99), quantile(busy, 0.99))


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


async def _once_it_runs(ask: Callable[[], Awaitable[dict[str, str]]], key: str, pending: str) -> None:
    while (await ask())[key] == pending:  # noqa: ASYNC110 - as somebody who polls
        await asyncio.sleep(0.5)


async def _for(seconds: float, user: GatewayUser, work: Callable[[], Awaitable[None]]) -> None:
    """Do something once, and again as long as there is time, each time without clusters at first."""
    end = time.monotonic() + seconds
    await work()
    while time.monotonic() < end:
        await asyncio.to_thread(end_clusters, user)
        await work()


async def _with_lists(session: aiohttp.ClientSession, path: str, one: Work) -> None:
    creating = asyncio.gather(*(one(session) for _ in range(CLUSTERS)))
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

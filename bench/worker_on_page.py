"""From a worker's joining or leaving at the scheduler to the page, in Chromium.

A cluster of a real gateway is scaled from outside, from none to one worker and back. The moment is that at which the scheduler's own notice of
the change arrives at a second connection to it (Dask's ``subscribe_worker_status``); the page's is after the frame in which the card's number of
workers is painted. Beside it dask-labextension with its ``GatewayCluster`` factory, on a cluster that it made itself, since it shows no other.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pccompute_ext.testing.gateway_user import GatewayUser

from .harness import peer
from .harness.browser import PANEL, Browser
from .harness.figures import Figure, Outcome, quantile
from .harness.gateways import end_clusters, real_gateway
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

CARD = f"{PANEL} article"
PATIENCE = 90.0


def measure(run: Run) -> Outcome:
    """Aim: 250 ms in 95 of 100 cases."""
    with real_gateway() as gateway:
        ours = _ours(run, GatewayUser(gateway, "ours"))
        peers = _peers(run, GatewayUser(gateway, "peer"))
    return Outcome(
        [
            Figure(
                f"Worker {what} on the page, 95th percentile",
                quantile(ours[what], 0.95),
                "ms",
                peer=quantile(peers[what], 0.95),
                versus="dask-labextension",
                quartiles=(quantile(ours[what], 0.25), quantile(ours[what], 0.75)),
                samples=len(ours[what]),
                aim=250,
            )
            for what in ("joined", "left")
        ]
    )


def _ours(run: Run, user: GatewayUser) -> dict[str, list[float]]:
    name = user.create()
    user.wait_until_running(name)
    with JupyterServer(run.folder("worker"), ["jupyterlab", OURS], user.environment) as server, Browser() as browser:
        browser.open_lab(server)
        browser.show_panel()
        browser.do("waitFor", selector=CARD, state="visible")
        found = _cycles(browser, user, name, CARD, "(^|\\\\D){count} ready", run.of(12, 2))
    end_clusters(user)
    return found


def _peers(run: Run, user: GatewayUser) -> dict[str, list[float]]:
    server = JupyterServer(run.folder("worker"), ["jupyterlab", PEER], user.environment | peer.environment())
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        browser.do("click", selector=peer.TAB)
        browser.do("click", selector=peer.NEW_BUTTON)
        browser.do("waitFor", selector=peer.ITEM, state="visible")
        (name,) = user.clusters()
        found = _cycles(browser, user, name, peer.ITEM, "Number of Workers: {count}(\\\\D|$)", run.of(6, 1))
    end_clusters(user)
    return found


def _cycles(browser: Browser, user: GatewayUser, name: str, element: str, pattern: str, times: int) -> dict[str, list[float]]:
    """Milliseconds of joins and leaves."""
    found: dict[str, list[float]] = {"joined": [], "left": []}
    with notices(user, name) as counts:
        browser.evaluate(f"bench.recordText({element!r})")
        for _ in range(times):
            for count, what in ((1, "joined"), (0, "left")):
                seen = len(counts)
                user.scale(name, count)
                deadline = time.monotonic() + PATIENCE
                while len(counts) == seen:
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"No worker has {what}.")
                    time.sleep(0.02)
                told_at = counts[-1]
                look = f"new RegExp('{pattern.format(count=count)}')"
                browser.evaluate(f"bench.until(() => {look}.test(document.querySelector({element!r}).textContent))")
                time.sleep(0.2)
                shown_at = browser.evaluate(f"bench.texts.filter(({{text, at}}) => at > {told_at} - 100 && {look}.test(text))[0].at")
                found[what].append(shown_at - told_at)
    return found


@contextmanager
def notices(user: GatewayUser, name: str) -> Iterator[list[float]]:
    """A list that grows by the time (milliseconds since the epoch) of each worker's joining or leaving."""
    moments: list[float] = []
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_listen(user, name, moments, ready, done),))
    thread.start()
    try:
        if not ready.wait(PATIENCE):
            raise TimeoutError("The scheduler can't be connected to.")
        yield moments
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


async def _listen(user: GatewayUser, name: str, moments: list[float], ready: threading.Event, done: asyncio.Event) -> None:
    from dask_gateway import BasicAuth, Gateway
    from distributed.comm import connect

    address, auth = user.gateway.address, BasicAuth(user.name, user.gateway.password)
    async with Gateway(address, proxy_address=user.gateway.proxy_address, auth=auth, asynchronous=True) as gateway:
        report = next(report for report in await gateway.list_clusters() if report.name == name)
        comm = await connect(report.scheduler_address, **report.security.get_connection_args("client"))
        try:
            await comm.write({"op": "subscribe_worker_status"})
            await comm.read()
            ready.set()
            reading = asyncio.create_task(_read(comm, moments))
            await done.wait()
            reading.cancel()
        finally:
            comm.abort()


async def _read(comm: Any, moments: list[float]) -> None:
    while True:
        await comm.read()
        moments.append(1000 * time.time())

"""From a worker's joining or leaving at the scheduler to the page, in Chromium.

A cluster of a real gateway is scaled from outside, from none to one worker and back. The moment is that at which a plugin in the scheduler is told of
the change; the page's is after the frame in which the card's number of workers is painted. Beside it dask-labextension with its ``GatewayCluster``
factory, on a cluster that it made itself, since it shows no other. Its page asks its server every five seconds, so what it takes depends on how much
of that time is left when a worker comes.
"""

from __future__ import annotations

import time

from pccompute_ext.testing.gateway_user import GatewayUser

from .harness import peer
from .harness.browser import PANEL, Browser
from .harness.figures import Figure, Outcome, quantile, quartiles
from .harness.gateways import end_clusters, real_gateway
from .harness.moments import moments
from .harness.parts import Parts
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

CARD = f"{PANEL} article"

AIM = 250
"""Milliseconds, in 95 of 100 cases."""

PATIENCE = 40.0
"""Seconds in which a worker has started or ended."""

ENOUGH = 80.0
"""Seconds after which no further round is begun."""

PART = 150.0
"""The most seconds for pccompute, and as many for its peer."""

Samples = dict[str, list[float]]


def measure(run: Run) -> Outcome:
    """Aim: 250 ms in 95 of 100 cases."""
    parts = Parts()
    with real_gateway() as gateway:
        ours = parts.measure("pccompute", PART, lambda: _ours(run, GatewayUser(gateway, "ours")))
        peers = parts.measure("dask-labextension", PART, lambda: _peers(run, GatewayUser(gateway, "peer")))
    figures = [_figure(what, ours[what], peers[what] if peers else None) for what in ("joined", "left")] if ours else []
    return Outcome(figures, failures=parts.failures)


def _figure(what: str, ours: list[float], peers: list[float] | None) -> Figure:
    return Figure(
        f"Worker {what} on the page, 95th percentile",
        quantile(ours, 0.95),
        "ms",
        peer=quantile(peers, 0.95) if peers else None,
        versus="dask-labextension",
        quartiles=quartiles(ours),
        peer_quartiles=quartiles(peers) if peers else None,
        samples=len(ours),
        aim=AIM,
    )


def _ours(run: Run, user: GatewayUser) -> Samples:
    name = user.create()
    user.wait_until_running(name)
    with JupyterServer(run.folder("worker"), ["jupyterlab", OURS], user.environment) as server, Browser() as browser:
        browser.open_lab(server)
        browser.show_panel()
        browser.do("waitFor", selector=CARD, state="visible")
        found = _rounds(browser, user, name, CARD, "(^|\\\\D){count} ready", run.of(10, 2))
    end_clusters(user)
    return found


def _peers(run: Run, user: GatewayUser) -> Samples:
    server = JupyterServer(run.folder("worker"), ["jupyterlab", PEER], user.environment | peer.environment())
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        browser.do("click", selector=peer.TAB)
        browser.do("click", selector=peer.NEW_BUTTON)
        browser.do("waitFor", selector=peer.ITEM, state="visible")
        (name,) = user.clusters()
        found = _rounds(browser, user, name, peer.ITEM, "Number of Workers: {count}(\\\\D|$)", run.of(6, 1))
    end_clusters(user)
    return found


def _rounds(browser: Browser, user: GatewayUser, name: str, element: str, pattern: str, rounds: int) -> Samples:
    """Milliseconds of joins and leaves."""
    found: Samples = {"joined": [], "left": []}
    end = time.monotonic() + ENOUGH
    with moments(user, name) as noted:
        browser.evaluate(f"bench.recordText({element!r})")
        while len(found["left"]) < rounds and time.monotonic() < end:
            for count, what in ((1, "joined"), (0, "left")):
                before = len(noted)
                user.scale(name, count)
                _wait_for_more(noted, before, f"No worker has {what} within {PATIENCE:.0f} seconds.")
                changed_at = noted[before]
                look = f"new RegExp('{pattern.format(count=count)}')"
                browser.evaluate(f"bench.until(() => {look}.test(document.querySelector({element!r}).textContent))")
                # Until the frame is painted.
                time.sleep(0.2)
                shown_at = browser.evaluate(f"bench.texts.filter(({{text, at}}) => at > {changed_at} - 100 && {look}.test(text))[0].at")
                found[what].append(shown_at - changed_at)
    return found


def _wait_for_more(noted: list[float], before: int, complaint: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(noted) == before:
        if time.monotonic() > deadline:
            raise TimeoutError(complaint)
        time.sleep(0.02)

"""What twenty live clusters cost, with the panel in sight and without.

JupyterLab in Chromium, and twenty real schedulers without workers, each a process. With the panel in front, then with its sidebar closed and the
lease run out: the share of a core that the server process uses, and the requests to the gateway's API, from its own log, without the schedulers'
heartbeats. Beside it the same server without pccompute, with the same page open: JupyterLab asks its server by itself now and then, so what counts
for the hidden panel is the difference.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.timings import DEFAULT_TIMINGS

from .harness import peer
from .harness.browser import PANEL, PANEL_TAB, Browser
from .harness.figures import Figure, Outcome
from .harness.gateways import real_gateway
from .harness.load import CpuMeter, RequestMeter
from .harness.parts import Parts
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

SETTLE = 5
"""Seconds after a change, until what it caused is over."""

AIM = 3
"""Percent of a core, with the panel in front."""

MEASURABLE = 0.2
"""Percent of a core: by as much do two looks at the same idle server differ."""

OURS_PART = 180.0
PART = 80.0
"""The most seconds for pccompute, whose panel is looked at twice, and for each of the others."""


@dataclass(frozen=True)
class Cost:
    """What was seen in one look."""

    cpu: float
    """Percent of a core that the server process used."""
    requests: float
    """To the gateway, in a minute."""


def measure(run: Run) -> Outcome:
    """Aim: 3% of a core at most with the panel visible, nothing that can be measured without."""
    clusters = run.of(20, 3)
    parts = Parts()
    with real_gateway() as gateway:
        user = GatewayUser(gateway, "watching")
        with ThreadPoolExecutor(4) as pool:
            names = list(pool.map(lambda _: user.create(), range(clusters)))
            list(pool.map(user.wait_until_running, names))
        seen: dict[str, Cost] = {}
        parts.measure("pccompute", OURS_PART, lambda: _ours(run, gateway, user, clusters, seen))
        parts.measure("The server without pccompute", PART, lambda: _neither(run, gateway, user, seen))
        parts.measure("dask-labextension", PART, lambda: _peers(run, gateway, user, seen))
    notes = [f"{clusters} clusters."]
    if peers := seen.get("peer"):
        notes.append(
            f"dask-labextension with its panel in front uses {peers.cpu:.1f}% of a core and asks the gateway {peers.requests:.0f} times a minute; "
            "it lists none of these clusters, since it has not made them."
        )
    return Outcome(_figures(seen), notes=notes, failures=parts.failures)


def _figures(seen: dict[str, Cost]) -> list[Figure]:
    visible, hidden, neither = seen.get("visible"), seen.get("hidden"), seen.get("neither")
    beside = neither.cpu if neither else None
    figures = []
    if visible:
        figures.append(Figure("Server's processor time, panel visible", visible.cpu, "% of a core", peer=beside, versus="without pccompute", aim=AIM))
        figures.append(Figure("Gateway requests per user and minute, panel visible", visible.requests, ""))
    if hidden:
        figures.append(Figure("Server's processor time, panel hidden", hidden.cpu, "% of a core", peer=beside, versus="without pccompute"))
        figures.append(Figure("Gateway requests per user and minute, panel hidden", hidden.requests, "", aim=0))
    if hidden and neither:
        more = max(0.0, hidden.cpu - neither.cpu)
        figures.append(Figure("Panel hidden: more processor time than without pccompute", more, "% of a core", aim=MEASURABLE))
    return figures


def _ours(run: Run, gateway: GatewayProcess, user: GatewayUser, clusters: int, seen: dict[str, Cost]) -> None:
    server = JupyterServer(run.folder("watching"), ["jupyterlab", OURS], user.environment)
    with server, Browser() as browser:
        browser.open_lab(server)
        browser.show_panel()
        browser.do("waitFor", selector=f"{PANEL} article", state="visible")
        _wait_until_live(server, clusters)
        seen["visible"] = _look(run, server, gateway)
        browser.do("click", selector=PANEL_TAB)
        browser.do("waitFor", selector=PANEL, state="hidden")
        time.sleep(DEFAULT_TIMINGS.lease)
        seen["hidden"] = _look(run, server, gateway)


def _wait_until_live(server: JupyterServer, clusters: int) -> None:
    """Until each cluster is watched over a stream of its own; the benchmark's limit ends it where that never comes."""
    while sum(cluster["live"]["kind"] == "stream" for cluster in server.request("GET", "pccompute/clusters")["clusters"]) < clusters:
        time.sleep(0.5)


def _neither(run: Run, gateway: GatewayProcess, user: GatewayUser, seen: dict[str, Cost]) -> None:
    server = JupyterServer(run.folder("neither"), ["jupyterlab"], user.environment)
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        seen["neither"] = _look(run, server, gateway)


def _peers(run: Run, gateway: GatewayProcess, user: GatewayUser, seen: dict[str, Cost]) -> None:
    server = JupyterServer(run.folder("peer"), ["jupyterlab", PEER], user.environment | peer.environment())
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        browser.do("click", selector=peer.TAB)
        browser.do("waitFor", selector=peer.PANEL, state="visible")
        seen["peer"] = _look(run, server, gateway)


def _look(run: Run, server: JupyterServer, gateway: GatewayProcess) -> Cost:
    time.sleep(SETTLE)
    cpu, requests = CpuMeter(server.process), RequestMeter(gateway.log)
    time.sleep(run.of(20, 6))
    return Cost(cpu.percent(), requests.per_minute())

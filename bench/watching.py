"""What twenty live clusters cost, with the panel in sight and without.

JupyterLab in Chromium, and twenty real schedulers without workers, each a process. With the panel in front, then with its sidebar closed and the
lease run out: the share of a core that the server process uses, and the requests to the gateway's API, from its own log, without the schedulers'
heartbeats. Beside it the same server without pccompute, with the same page open: JupyterLab asks its server by itself now and then.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from pccompute_ext.testing.gateway_process import GatewayProcess
from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.timings import DEFAULT_TIMINGS

from .harness import peer
from .harness.browser import PANEL, PANEL_TAB, Browser
from .harness.figures import Figure, Outcome
from .harness.gateways import real_gateway
from .harness.load import CpuMeter, RequestMeter
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

SETTLE = 5
"""Seconds after a change, until what it caused is over."""


def measure(run: Run) -> Outcome:
    """Aim: 3% of a core at most with the panel visible, nothing that can be measured without."""
    clusters = run.of(20, 3)
    with real_gateway() as gateway:
        user = GatewayUser(gateway, "watching")
        with ThreadPoolExecutor(4) as pool:
            names = list(pool.map(lambda _: user.create(), range(clusters)))
            list(pool.map(user.wait_until_running, names))
        visible, hidden = _ours(run, gateway, user, clusters)
        neither = _neither(run, gateway, user)
        peers = _peers(run, gateway, user)
    return Outcome(
        [
            Figure("Server's processor time, panel visible", visible[0], "% of a core", peer=neither[0], versus="without pccompute", aim=3),
            Figure("Server's processor time, panel hidden", hidden[0], "% of a core", peer=neither[0], versus="without pccompute"),
            Figure("Gateway requests per user and minute, panel visible", visible[1], ""),
            Figure("Gateway requests per user and minute, panel hidden", hidden[1], "", aim=0),
        ],
        notes=[
            f"{clusters} clusters.",
            f"dask-labextension with its panel in front uses {peers[0]:.1f}% of a core and asks the gateway {peers[1]:.0f} times a minute; "
            "it lists none of these clusters, since it has not made them.",
        ],
    )


def _ours(run: Run, gateway: GatewayProcess, user: GatewayUser, clusters: int) -> tuple[tuple[float, float], tuple[float, float]]:
    server = JupyterServer(run.folder("watching"), ["jupyterlab", OURS], user.environment)
    with server, Browser() as browser:
        browser.open_lab(server)
        browser.show_panel()
        browser.evaluate(f"bench.until(() => document.querySelectorAll('{PANEL} article').length >= {clusters})")
        visible = _look(run, server, gateway)
        browser.do("click", selector=PANEL_TAB)
        browser.do("waitFor", selector=PANEL, state="hidden")
        time.sleep(DEFAULT_TIMINGS.lease)
        hidden = _look(run, server, gateway)
    return visible, hidden


def _neither(run: Run, gateway: GatewayProcess, user: GatewayUser) -> tuple[float, float]:
    server = JupyterServer(run.folder("neither"), ["jupyterlab"], user.environment)
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        return _look(run, server, gateway)


def _peers(run: Run, gateway: GatewayProcess, user: GatewayUser) -> tuple[float, float]:
    server = JupyterServer(run.folder("peer"), ["jupyterlab", PEER], user.environment | peer.environment())
    with server, Browser() as browser:
        browser.open_lab(server, without_panel=True)
        browser.do("click", selector=peer.TAB)
        browser.do("waitFor", selector=peer.PANEL, state="visible")
        return _look(run, server, gateway)


def _look(run: Run, server: JupyterServer, gateway: GatewayProcess) -> tuple[float, float]:
    """Percent of a core, and gateway requests a minute."""
    time.sleep(SETTLE)
    cpu, requests = CpuMeter(server.process), RequestMeter(gateway.log)
    time.sleep(run.of(30, 6))
    return cpu.percent(), requests.per_minute()

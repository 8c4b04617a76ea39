"""From the click on Create to the pending card on the page, in Chromium.

JupyterLab with pccompute and a real gateway. The time of the click is that of the browser's own event; the card counts as shown after the frame
in which it is painted. Each cluster is cancelled before the next. Beside it dask-labextension with its ``GatewayCluster`` factory on the same
gateway: from the click on its New button to the cluster in its list, which it shows no earlier than when the cluster runs.
"""

from __future__ import annotations

import contextlib
import time

from pccompute_ext.testing.gateway_user import GatewayUser

from .harness import peer
from .harness.browser import PANEL, Browser
from .harness.figures import Figure, Outcome, quantile, quartiles
from .harness.gateways import end_clusters, real_gateway
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

DIALOG = ".jp-PccomputeNewCluster.jp-Dialog"
CREATE = f"{DIALOG} button.jp-mod-accept:not([disabled])"
CARD = f"{PANEL} article"


def measure(run: Run) -> Outcome:
    """Aim: 300 ms."""
    with contextlib.ExitStack() as ending:
        user = GatewayUser(ending.enter_context(real_gateway()), "clicking")
        server = ending.enter_context(JupyterServer(run.folder("card"), ["jupyterlab", OURS, PEER], user.environment | peer.environment()))
        browser = ending.enter_context(Browser())
        browser.open_lab(server)
        ours = _click_ours(browser, server, user, run.of(12, 2))
        peers = _click_peers(browser, user, run.of(3, 1))
    return Outcome(
        [
            Figure(
                "Click to card, median",
                quantile(ours, 0.5),
                "ms",
                peer=quantile(peers, 0.5),
                versus="dask-labextension",
                quartiles=quartiles(ours),
                samples=len(ours),
                aim=300,
            ),
            Figure("Click to card, 95th percentile", quantile(ours, 0.95), "ms", samples=len(ours)),
        ]
    )


def _click_ours(browser: Browser, server: JupyterServer, user: GatewayUser, times: int) -> list[float]:
    browser.show_panel()
    return [_click_create(browser, server, user) for _ in range(times + 1)][1:]


def _click_create(browser: Browser, server: JupyterServer, user: GatewayUser) -> float:
    browser.do("click", selector=f"{PANEL} button:has-text('New cluster')")
    browser.do("waitFor", selector=CREATE, state="visible")
    browser.evaluate(f"bench.awaitMore({CARD!r})")
    browser.do("click", selector=CREATE)
    milliseconds: float = browser.evaluate("bench.fromClick()")
    card = browser.evaluate(f"document.querySelector({CARD!r}).dataset.cluster")
    # The card stands there before the server has answered.
    while not user.clusters():
        time.sleep(0.05)
    server.request("DELETE", f"pccompute/clusters/{card}")
    browser.do("waitFor", selector=CARD, state="detached")
    return milliseconds


def _click_peers(browser: Browser, user: GatewayUser, times: int) -> list[float]:
    browser.do("click", selector=peer.TAB)
    found = []
    for _ in range(times + 1):
        browser.evaluate(f"bench.awaitMore({peer.ITEM!r})")
        browser.do("click", selector=peer.NEW_BUTTON)
        found.append(browser.evaluate("bench.fromClick()"))
    end_clusters(user)
    return found[1:]

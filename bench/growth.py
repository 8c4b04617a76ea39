"""How the cost of watching grows with the number of clusters.

One backend that lists 1 to 1,000 clusters, all of them generated (see `bench/generated`) with four workers each, so that the gateway, its proxy
and the connections to schedulers are real. At each size, with every cluster's stream open: the time of `GET clusters`, each time with the gateway
asked anew; the memory that the server process has gained for each cluster since it had one; its processor time. While somebody looks, the answer is
the list that is known, at most five seconds old; the one that is asked for brings what differs as events. How long it takes where the gateway is
waited for is measured with the largest size, by asking for a cluster that there is not. Then Chromium: from the arrival of a list in a panel that was
empty to the frame that shows it, and the longest task of the page while the list is scrolled. Beside `GET clusters` the gateway's own list, asked
from outside. At the end one cluster with 1,000 workers: its scheduler is a real one whose workers are generated; the
time of asking for them all, and the longest task of the page while their table is scrolled.
"""

from __future__ import annotations

import contextlib
import statistics
import time
import urllib.error
from collections.abc import Callable

from pccompute_ext.testing.gateway_user import GatewayUser
from pccompute_ext.timings import DEFAULT_TIMINGS

from .generated.process import add_clusters, generated_gateway
from .harness.browser import PANEL, Browser
from .harness.figures import Figure, Outcome, Table, quantile
from .harness.load import CpuMeter
from .harness.parts import Parts
from .harness.run import Run
from .harness.server import OURS, JupyterServer

LIST = "pccompute/clusters"
UNKNOWN = "0" * 16
EMPTY = '{"clusters": [], "problems": []}'
CARD = f"{PANEL} article"
SETTLE = 5
"""Seconds after the streams are open, until what opening them took is over."""
PATIENCE = 150.0
SCROLLS = 20

COLUMNS = [
    "clusters",
    "GET clusters p95 (ms)",
    "gateway's list p95 (ms)",
    "memory per cluster (KB)",
    "CPU (% of a core)",
    "first paint (ms)",
    "long task (ms)",
]


AIMS = {"GET clusters p95 (ms)": 100.0, "memory per cluster (KB)": 200.0, "first paint (ms)": 200.0, "long task (ms)": 50.0}


def measure(run: Run) -> Outcome:
    """Aims, at 1,000: 100 ms for the list, 200 ms to the first paint, no task over 50 ms, 200 KB for each cluster."""
    table = Table("From 1 to 1,000 clusters" if not run.quick else "From 1 to 30 clusters", COLUMNS, aims=AIMS)
    parts = Parts()
    sizes = (1, 30) if run.quick else (1, 10, 100, 1000)
    with generated_gateway(run) as gateway:
        user = GatewayUser(gateway, "growing")
        with JupyterServer(run.folder("growth"), ["jupyterlab", OURS], user.environment) as server, Browser() as browser:
            before = 0.0
            for size in sizes:
                add_clusters(user, size - len(user.clusters()))
                _open_streams(server, size)
                if size == 1:
                    # What the first page costs the server is not for clusters, so it is not counted for them.
                    _in_page(browser, server)
                    time.sleep(SETTLE)
                cpu = CpuMeter(server.process)
                ours = _times(run, lambda: server.request("GET", LIST))
                share = cpu.percent()
                memory = server.process.memory_info().rss / 1024
                before = before or memory
                grown = (memory - before) / (size - 1) if size > 1 else 0.0
                waited = _times(run, lambda: _look_for_unknown(server)) if size == sizes[-1] else []
                paint, task = _in_page(browser, server)
                table.rows.append([size, quantile(ours, 0.95), quantile(_times(run, user.clusters, pause=0), 0.95), grown, share, paint, task])
            crowd = parts.measure("A cluster with very many workers", PATIENCE / 2, lambda: _crowd(run, browser)) or []
    clusters, listed, bare, memory, share, paint, task = table.rows[-1]
    return Outcome(
        [
            Figure(f"GET clusters with {clusters} clusters, 95th percentile", listed, "ms", peer=bare, versus="the gateway's own list", aim=100),
            Figure(
                f"The same where the gateway is waited for, {clusters} clusters",
                quantile(waited, 0.95),
                "ms",
                peer=bare,
                versus="the gateway's own list",
            ),
            Figure(f"First paint after data, {clusters} clusters", paint, "ms", aim=200),
            Figure(f"Longest task while scrolling, {clusters} clusters", task, "ms", aim=50),
            Figure(f"Server's memory for each of {clusters} watched clusters", memory, "KB", aim=200),
            Figure(f"Server's processor time, {clusters} watched clusters", share, "% of a core"),
            *crowd,
        ],
        [table],
        failures=parts.failures,
    )


def _open_streams(server: JupyterServer, size: int) -> None:
    """Wait until every cluster is told of by its scheduler."""
    deadline = time.monotonic() + PATIENCE
    while sum(cluster["live"]["kind"] == "stream" for cluster in server.request("GET", LIST)["clusters"]) < size:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The streams of {size} clusters were not open within {PATIENCE:.0f} seconds.")
        time.sleep(0.5)
    time.sleep(SETTLE)


def _times(run: Run, ask: Callable[[], object], pause: float = DEFAULT_TIMINGS.fresh_for + 0.1) -> list[float]:
    """Milliseconds of each answer. The pauses are so long that the server can't answer with what it has just been told."""
    found = []
    for _ in range(run.of(12, 3)):
        time.sleep(pause)
        begun = time.monotonic()
        ask()
        found.append(1000 * (time.monotonic() - begun))
    return found


def _look_for_unknown(server: JupyterServer) -> None:
    with contextlib.suppress(urllib.error.HTTPError):
        server.request("GET", f"{LIST}/{UNKNOWN}")


def _in_page(browser: Browser, server: JupyterServer) -> tuple[float, float]:
    """Milliseconds to the first paint, and of the longest task while scrolling (0, where none takes 50)."""
    browser.do("stub", part=LIST, body=EMPTY)
    browser.open_lab(server)
    browser.show_panel()
    paints = []
    # The first takes longer by what the browser compiles; a person sees that once a day.
    for _ in range(3):
        browser.do("stub", part=LIST, body=EMPTY)
        browser.do("click", selector=f"{PANEL} button[title^='Refresh'], {PANEL} button[aria-label^='Refresh']")
        browser.evaluate(f"bench.until(() => !document.querySelector('{CARD}'))")
        browser.evaluate(f"bench.awaitMore('{CARD}')")
        browser.do("unstub")
        browser.do("click", selector=f"{PANEL} button[title^='Refresh'], {PANEL} button[aria-label^='Refresh']")
        paints.append(browser.evaluate(f"bench.fromData('/{LIST}')"))
    return statistics.median(paints), _longest_task(browser, f"{PANEL} .jp-PccomputePanel-content")


def _longest_task(browser: Browser, box: str) -> float:
    """Milliseconds of the longest task while a box is scrolled down and up again; 0, where none takes 50."""
    browser.evaluate("bench.recordLongTasks()")
    for number in range(SCROLLS):
        browser.do("wheel", selector=box, pixels=2000 if number < SCROLLS // 2 else -2000)
        time.sleep(0.1)
    tasks: list[float] = browser.evaluate("bench.longTasks")
    return max(tasks, default=0.0)


def _crowd(run: Run, browser: Browser) -> list[Figure]:
    """A cluster with very many workers."""
    number = run.of(1000, 200)
    with generated_gateway(run, workers=number) as gateway:
        user = GatewayUser(gateway, "crowded")
        add_clusters(user, 1)
        with JupyterServer(run.folder("crowd"), ["jupyterlab", OURS], user.environment) as server:
            _open_streams(server, 1)
            cluster = server.request("GET", LIST)["clusters"][0]["id"]
            times = _times(run, lambda: server.request("GET", f"{LIST}/{cluster}/workers"), pause=0)
            browser.open_lab(server)
            browser.evaluate(f"jupyterapp.commands.execute('pccompute:show-workers', {{ id: '{cluster}' }}).then(() => true)")
            browser.do("waitFor", selector=".jp-PccomputeWorkers-body [role=row]", state="visible")
            task = _longest_task(browser, ".jp-PccomputeWorkers-scroller")
    return [
        Figure(f"GET workers with {number} workers, 95th percentile", quantile(times, 0.95), "ms"),
        Figure(f"Longest task while scrolling, {number} workers", task, "ms", aim=50),
    ]

"""A headless Chromium with one page, steered through ``bench/page/driver.mjs``."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from typing import Any, Self

from .run import ROOT
from .server import JupyterServer

DRIVER = ROOT / "bench" / "page" / "driver.mjs"

PANEL = "#pccompute-panel"
FILES_TAB = "li.lm-TabBar-tab[data-id='filebrowser']"
PANEL_TAB = "li.lm-TabBar-tab[data-id='pccompute-panel']"


class BrowserFailed(Exception):
    """The page did not do what was asked."""


class Browser:
    """A context manager; the browser ends with it."""

    def __init__(self) -> None:
        chromium = os.environ.get("PCCOMPUTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        node = shutil.which("node")
        if chromium is None or node is None or not (ROOT / "ui-tests" / "node_modules" / "playwright-core").exists():
            raise BrowserFailed("Chromium, Node.js or playwright-core is missing. Run `make bench`, which installs them.")
        self._process = subprocess.Popen(
            [node, str(DRIVER)],
            env={**os.environ, "PCCOMPUTE_CHROMIUM": chromium},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        self._read()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self._process.kill()
        self._process.wait()

    def open_lab(self, server: JupyterServer, *, without_panel: bool = False) -> None:
        """Open JupyterLab in its first state, and wait until it is there."""
        self.do("open", url=f"{server.url}lab?reset&token={server.token}")
        self.do("waitFor", selector=FILES_TAB if without_panel else PANEL_TAB, state="visible")

    def show_panel(self) -> None:
        """Bring our panel to the front, and wait for its list."""
        if not self.evaluate(f"!!document.querySelector('{PANEL}')?.offsetParent"):
            self.do("click", selector=PANEL_TAB)
        self.do("waitFor", selector=f"{PANEL} h2", state="visible")

    def evaluate(self, expression: str) -> Any:
        """The value of JavaScript in the page."""
        return self.do("evaluate", expression=expression)

    def do(self, command: str, **argument: Any) -> Any:
        """One of the driver's commands."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"command": command, **argument}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise BrowserFailed("The browser ended.")
        answer = json.loads(line)
        if "error" in answer:
            raise BrowserFailed(answer["error"])
        return answer["result"]

"""What the browser tests run against: a real Dask Gateway, and a JupyterLab whose configured gateway it is.

Everything that is started here ends with this program, however that ends. The gateway's address and password are in
``private/gateway.json`` below ``PCCOMPUTE_UI_HOME``, for what tests do at the gateway without JupyterLab; so is the environment of a JupyterLab
that uses it, for a test that needs another one. That ends with this program too.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from pccompute_ext.backends.local_leftovers import MARKER, new_mark
from pccompute_ext.testing.gateway_process import GatewayProcess, describe

PATIENCE = 20
"""Seconds that JupyterLab has to end in order; Playwright waits for longer."""


def start_lab(access: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start JupyterLab, in a session of its own so that it is told to end once and by this program alone."""
    environment = {**os.environ, **access["env"]}
    # Without compiled files every scheduler would compile all that it imports.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "jupyterlab", "--config", "jupyter_server_test_config.py"]
    return subprocess.Popen(command, env=environment, start_new_session=True)


def start_reaper(mark: str, directory: Path) -> subprocess.Popen[bytes]:
    """Start what ends all marked processes and removes the directory, once this program is gone."""
    command = [sys.executable, "-m", "pccompute_ext.testing.reaper", mark, str(directory)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def wait_for(lab: subprocess.Popen[bytes], runner: int) -> None:
    """Wait until JupyterLab ends, or until the test runner is gone without having said so."""
    while os.getppid() == runner:
        with contextlib.suppress(subprocess.TimeoutExpired):
            lab.wait(1)
            return


def main() -> None:
    """Run both until told to end."""
    runner = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    private = Path(os.environ["PCCOMPUTE_UI_HOME"]) / "private"
    private.mkdir(mode=0o700)
    mark = new_mark()
    gateway = GatewayProcess()
    with contextlib.ExitStack() as ending:
        ending.callback(gateway.close)
        reaper = start_reaper(mark, private)
        ending.callback(reaper.communicate)
        gateway.start()
        access = describe(gateway)
        access["env"] = {**access["env"], MARKER: mark}
        (private / "gateway.json").write_text(json.dumps(access))
        lab = start_lab(access)
        try:
            wait_for(lab, runner)
        finally:
            lab.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                lab.wait(PATIENCE)


if __name__ == "__main__":
    main()

"""Processes that end with the one that started them, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from ..backends.local_leftovers import MARKER, new_mark

START_TIMEOUT: Final = 90.0
"""Seconds; far above what a start takes, for machines that are busy."""


class Children:
    """Starts them. A process beside them, the reaper, sees to their end, with all that they have started.

    Parameters
    ----------
    directory
        Removed at the end.

    Attributes
    ----------
    mark
        Whatever has it in its environment ends with them.
    """

    def __init__(self, directory: Path) -> None:
        self.mark = new_mark()
        self._started: list[subprocess.Popen[bytes]] = []
        self._reaper = subprocess.Popen(
            [sys.executable, "-m", "pccompute_ext.testing.reaper", self.mark, str(directory)], stdin=subprocess.PIPE, start_new_session=True
        )

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return this process's own, with the mark, and with what is given."""
        environment = {**os.environ, MARKER: self.mark, **(more or {})}
        # Without compiled files every process would compile all that it imports.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def start(self, command: Sequence[str], *, environment: Mapping[str, str], log: Path, directory: Path) -> subprocess.Popen[bytes]:
        """Start one, in a session of its own."""
        with log.open("ab") as file:
            process = subprocess.Popen(
                command, cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )
        self._started.append(process)
        return process

    def close(self) -> None:
        """End all of them, and remove the directory."""
        assert self._reaper.stdin is not None
        self._reaper.stdin.close()
        # Until their parent, which is this process, takes note of their end, the reaper waits for them.
        for process in self._started:
            process.wait()
        self._reaper.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, name: str) -> None:
    """Return when something that was started is ready.

    Raises
    ------
    RuntimeError
        It has ended, or takes too long; the message holds the end of its log.
    """
    deadline = time.monotonic() + START_TIMEOUT
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The {name} did not start. The end of its log:\n{log.read_text()[-4000:]}")
        time.sleep(0.05)


def write_settings(file: Path, text: str) -> None:
    """Write what only the user may read, such as passwords."""
    file.touch(mode=0o600)
    file.write_text(text)

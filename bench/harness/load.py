"""What the operating system and the gateway tell of work done."""

from __future__ import annotations

import time
from pathlib import Path

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """Of one process, without its children."""
    times = process.cpu_times()
    return float(times.user + times.system)


class CpuMeter:
    """The share of a core that a process uses, from making the meter to reading it."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._cpu = cpu_seconds(process)
        self._begun = time.monotonic()

    def percent(self) -> float:
        return 100 * (cpu_seconds(self._process) - self._cpu) / (time.monotonic() - self._begun)


class RequestMeter:
    """Requests of users that a gateway has logged, from making the meter to reading it."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = log.stat().st_size
        self._begun = time.monotonic()

    def per_minute(self) -> float:
        with self._log.open("rb") as log:
            log.seek(self._offset)
            lines = log.read().decode(errors="replace").splitlines()
        # Heartbeats of schedulers are not requests of a user.
        requests = sum(" /api/v1/" in line and "/heartbeat" not in line and line.endswith("ms") for line in lines)
        return 60 * requests / (time.monotonic() - self._begun)

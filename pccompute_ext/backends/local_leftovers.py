"""Finding and ending the processes of an embedded gateway, also those that it lost.

A gateway on this machine starts schedulers and workers in sessions of their own, so no process group holds them together, and those of a gateway
that was killed have no parent any more. What they do keep is their environment: every process gets a marker that tells whose it is.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

log = logging.getLogger(__name__)

_KILL_TIMEOUT: Final = 15.0

MARKER: Final = "PCCOMPUTE_GATEWAY_OWNER"
"""The environment variable that carries the mark."""


def new_mark() -> str:
    """A mark for a new gateway of this process: ``<pid>-<start time>-<random>``."""
    me = psutil.Process()
    return f"{me.pid}-{_start_time(me)}-{secrets.token_hex(4)}"


def owner_is_alive(mark: str) -> bool:
    """Whether the process that made a mark still runs. A pid that was given to another process since does not count."""
    try:
        pid, started, _ = mark.split("-")
        return _start_time(psutil.Process(int(pid))) == int(started)
    except (ValueError, psutil.Error):
        return False


def end_marked(mark: str, patience: float = 5.0) -> int:
    """End every process that carries a mark, and return how many there were.

    They are asked first, and killed after ``patience`` seconds (at once, where that is 0). Returns when none is left, or when some can't be ended.
    """
    ended: set[int] = set()
    ask = patience > 0
    give_up = time.monotonic() + patience + _KILL_TIMEOUT
    # A process may have started another one while we looked: look again until none is found.
    while found := [process for process, its_mark in marked_processes() if its_mark == mark]:
        ended.update(process.pid for process in found)
        for process in found:
            _signal(process, kill=not ask)
        psutil.wait_procs(found, timeout=patience if ask else 1.0)
        ask = False
        if time.monotonic() > give_up:
            log.error("Some processes of a gateway on this machine can't be ended: %s", [process.pid for process in found])
            break
    return len(ended)


def end_orphans() -> int:
    """End the processes of this user whose owner is gone, and return how many there were. Those of a living owner are left alone."""
    orphaned = {mark for _, mark in marked_processes() if not owner_is_alive(mark)}
    return sum(end_marked(mark) for mark in orphaned)


def marked_processes() -> Iterator[tuple[psutil.Process, str]]:
    """The processes of this user that carry any mark, but for this one."""
    for process in psutil.process_iter():
        if process.pid == os.getpid():
            continue
        if mark := _mark_of(process):
            yield process, mark


def _mark_of(process: psutil.Process) -> str | None:
    with suppress(psutil.Error, OSError):  # gone meanwhile, or another user's
        if process.status() != psutil.STATUS_ZOMBIE:
            return process.environ().get(MARKER)
    return None


def _start_time(process: psutil.Process) -> int:
    """When a process started, as a number that stays the same while it lives."""
    if sys.platform == "linux":
        # Counted from the start of the machine. As a time of day it would change whenever the clock is set, and a living process
        # would seem to be another.
        try:
            return int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[19])
        except OSError:
            raise psutil.NoSuchProcess(process.pid) from None
    else:
        return round(process.create_time() * 100)


def _signal(process: psutil.Process, *, kill: bool) -> None:
    with suppress(psutil.NoSuchProcess):
        if kill:
            process.kill()
        else:
            process.terminate()

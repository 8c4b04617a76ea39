"""The clusters of one entry as they are on the disk: each has a directory, in which its supervisor tells of it."""

from __future__ import annotations

import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ..models import ClusterState
from ..supervisor.files import LOCK
from ..supervisor.lock import is_held
from ..supervisor.order import Order
from ..supervisor.state import ENDED, LOOKING, UNCLEAR, Phase, State, last_beat
from .base import ClusterReport
from .own_cost import cost_of

_NAME: Final = re.compile(r"[0-9a-f]{32}")

_STATES: Final[dict[Phase, ClusterState]] = {
    "starting": "pending",
    "running": "running",
    "stopping": "stopping",
    "stopped": "stopped",
    "failed": "failed",
    "orphaned": "failed",
}

_ELSEWHERE_ALIVE: Final = 60.0
"""Seconds for which a supervisor on another machine, whose lock may not be seen from here, counts as alive after its last sign of life."""

_BEGINNING: Final = 60.0
"""Seconds that a supervisor gets until its first sign of life."""

_KEPT: Final = 86400.0
"""Seconds for which it is remembered why a cluster ended."""


@dataclass(frozen=True)
class Found:
    """One cluster.

    Attributes
    ----------
    alive
        Whether its supervisor lives.
    """

    directory: Path
    order: Order
    state: State
    alive: bool

    @property
    def name(self) -> str:
        """Its name, a secret as those of all clusters."""
        return self.directory.name

    @property
    def is_lost(self) -> bool:
        """Whether its supervisor died before it had cleaned up, and nobody has looked yet."""
        return not self.alive and (self.state.phase not in ENDED or self.state.reason == UNCLEAR)

    @property
    def elsewhere(self) -> str | None:
        """The machine where its supervisor runs, if that is another one."""
        return self.state.host if self.alive and self.state.host not in ("", socket.gethostname()) else None

    @property
    def public(self) -> ClusterReport:
        """What the contract of backends tells of it."""
        state = self.state
        remains = state.remains if state.phase in ENDED else ()
        reason = state.reason
        if self.is_lost:
            # Until it is known, it must not be taken off the list.
            reason, remains = UNCLEAR, state.remains or (LOOKING,)
        return ClusterReport(
            name=self.name,
            state="failed" if self.is_lost else _STATES[state.phase],
            reason=reason,
            created=datetime.fromtimestamp(self.order.created, UTC),
            options=dict(self.order.options),
            dashboard=state.phase == "running" and state.dashboard is not None,
            progress=state.progress,
            remains=remains,
            deleting=state.remains if state.phase == "stopping" and not self.is_lost else (),
            cost=cost_of(self.order, state),
        )


class OwnClusters:
    """All of them. Its methods read files: not for the event loop.

    Parameters
    ----------
    directory
        Made with the first cluster, private to the user.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def make(self, name: str, order: Order) -> Path:
        """Make a cluster's directory, with its order in it."""
        missing = [path for path in (self._directory, *self._directory.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
        self._directory.chmod(0o700)
        directory = self.path(name)
        directory.mkdir(mode=0o700)
        order.write(directory)
        return directory

    def adopt(self, name: str, order: Order, state: State) -> None:
        """Make a directory for what is left of a cluster, unless it has one already."""
        found = self.find(name)
        if found is not None and not (found.alive or found.is_lost or found.state.remains):
            self.forget(found)
        with suppress(FileExistsError):
            state.write(self.make(name, order))

    def handles_everywhere(self) -> list[dict[str, str]]:
        """By what the resources of all clusters are found where they are, also of those of other entries."""
        entries = self._directory.parent.iterdir() if self._directory.parent.is_dir() else ()
        return [dict(handle) for entry in entries for found in OwnClusters(entry).all() if (handle := found.state.handle)]

    def path(self, name: str) -> Path:
        """Return where a cluster's files are."""
        return self._directory / name

    def find(self, name: str) -> Found | None:
        """Return one of them; ``None`` where there is no such cluster."""
        directory = self.path(name)
        if not _NAME.fullmatch(name) or not directory.is_dir() or directory.is_symlink():
            return None
        order = Order.read(directory)
        if order is None:
            return None
        # In this order: what the supervisor writes last is not missed where it ends in between.
        alive = is_held(directory / LOCK)
        state = State.read(directory)
        if state is None:
            return Found(directory, order, State(), alive or time.time() - order.created < _BEGINNING)
        elsewhere = state.host != socket.gethostname() and state.phase not in ENDED
        return Found(directory, order, state, alive or (elsewhere and time.time() - last_beat(directory) < _ELSEWHERE_ALIVE))

    def all(self) -> list[Found]:
        """Return those that run, or of which something is left; forget those that ended long ago."""
        found = []
        for cluster in self._each():
            if cluster.state.phase not in ENDED or cluster.state.remains:
                found.append(cluster)
            elif time.time() - last_beat(cluster.directory) > _KEPT:
                self.forget(cluster)
        return found

    def give_up(self, name: str) -> None:
        """Delete the files of one whose supervisor could not be started, unless one has taken charge after all."""
        if not is_held(self.path(name) / LOCK):
            shutil.rmtree(self.path(name), ignore_errors=True)

    def forget(self, cluster: Found) -> None:
        """Delete the files of one that has ended."""
        shutil.rmtree(cluster.directory, ignore_errors=True)

    def _each(self) -> Iterator[Found]:
        if self._directory.is_dir():
            for directory in sorted(self._directory.iterdir()):
                if cluster := self.find(directory.name):
                    yield cluster

"""Classes of clusters that misbehave, as those of providers do. Imported by supervisors, so it knows nothing of the tests."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

from distributed import LocalCluster

from pccompute_ext.supervisor.sweeper import Sweeper


class Hanging:
    """Makes something, and then waits for it for ever; forgets it when it is closed."""

    def __init__(self, *, size: str = "small", asynchronous: bool = False) -> None:
        self._cluster_manager_logs: list[tuple[str, str]] = [("now", f"Creating a {size} machine")]

    def __await__(self) -> Generator[Any, Any, Hanging]:
        return self._start().__await__()

    async def close(self) -> None:
        pass

    async def _start(self) -> Hanging:
        await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(600)")
        self._cluster_manager_logs.append(("now", "Waiting for the machine"))
        await asyncio.Event().wait()
        return self


class Masking(Hanging):
    """Fails, and fails again while it cleans up: only the second error comes out."""

    async def _start(self) -> Hanging:
        try:
            raise PermissionError("Operation could not be completed: the quota of 10 cores is used up.")
        except PermissionError:
            raise AttributeError("'Masking' object has no attribute 'nic'")  # noqa: B904


class Stuck:
    """Blocks its thread for ever when it is made."""

    def __init__(self, *, asynchronous: bool = False) -> None:
        _block()


class StuckStart(Hanging):
    """Blocks its thread for ever when it is started."""

    async def _start(self) -> Hanging:
        _block()
        return self


class Unreachable(Hanging):
    """Runs, but its scheduler takes connections and never says a word."""

    async def _start(self) -> Hanging:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.scheduler_address = f"tcp://127.0.0.1:{self._socket.getsockname()[1]}"
        return self


class Forgetful(LocalCluster):
    """Makes a thing elsewhere, here a file, and leaves it there when it is closed; so it does with a process."""

    def __init__(self, *, security: Any, asynchronous: bool = False) -> None:
        self.thing = Path(os.environ["ODD_THINGS"], secrets.token_hex(4))
        super().__init__(  # type: ignore[no-untyped-call]
            n_workers=0, dashboard_address="127.0.0.1:0", security=security, asynchronous=asynchronous
        )

    async def _start(self) -> None:
        self.thing.write_text("in use")
        await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(600)")
        await super()._start()  # type: ignore[no-untyped-call]


class Things(Sweeper):
    """Deletes such a thing, though not at once: the first time it is refused."""

    def handle(self, cluster: Any) -> dict[str, str]:
        return {"thing": str(cluster.thing)}

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        thing = Path(handle["thing"])
        return [f"thing {thing.name}"] if thing.exists() else []

    async def delete(self, handle: Mapping[str, str]) -> None:
        thing = Path(handle["thing"])
        if thing.read_text() == "in use":
            thing.write_text("free")
            raise PermissionError("It is in use.")
        thing.unlink()


def _block() -> None:
    while True:
        time.sleep(600)

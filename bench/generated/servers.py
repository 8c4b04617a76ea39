"""What the Jupyter servers of many users do at a gateway, in one process.

Run as ``python -m bench.generated.servers``; takes a line of JSON with the settings, prints an empty line as soon as each user's cluster is followed
over a stream, and at the end of its input a line of JSON with the milliseconds that each list took since then.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.manager import ClusterManager
from pccompute_ext.records import Records
from pccompute_ext.watcher import Watcher

POLL = 10.0
"""Seconds from list to list, as in the front end."""


async def look(settings: dict[str, Any], number: int, times: list[float], live: asyncio.Event) -> None:
    """One user whose panel is open; ``live`` is set once the user's cluster is followed."""
    log = logging.getLogger(__name__)
    backend = GatewayBackend(
        id="gateway",
        label="Gateway",
        settings=GatewaySettings(
            address=settings["address"],
            proxy_address=settings["proxy_address"],
            auth="basic",
            auth_kwargs={"username": settings["users"][number], "password": settings["password"]},
        ),
    )
    manager = ClusterManager([backend], Records(Path(settings["directory"], str(number)), log), log)
    await manager.start()
    watcher = Watcher(manager)
    watcher.start()
    try:
        # They did not all open their panels at the same moment.
        await asyncio.sleep(5 * number / len(settings["users"]))
        while True:
            begun = time.monotonic()
            shown = await manager.clusters()
            times.append(1000 * (time.monotonic() - begun))
            if shown.clusters and all(cluster.live.kind == "stream" for cluster in shown.clusters):
                live.set()
            await asyncio.sleep(POLL if live.is_set() else 1)
    finally:
        await watcher.close()
        await manager.close()


async def _tell_when_all(live: list[asyncio.Event], times: list[float]) -> None:
    for event in live:
        await event.wait()
    times.clear()
    print(flush=True)


async def main() -> None:
    """Run the program."""
    settings = json.loads(await asyncio.to_thread(sys.stdin.readline))
    times: list[float] = []
    live = [asyncio.Event() for _ in settings["users"]]
    users = [asyncio.create_task(look(settings, number, times, event)) for number, event in enumerate(live)]
    telling = asyncio.create_task(_tell_when_all(live, times))
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    # A user that fails ends the program with the error.
    done, _ = await asyncio.wait([*users, ended], return_when=asyncio.FIRST_COMPLETED)
    telling.cancel()
    for user in done - {ended}:
        user.result()
    print(json.dumps(times), flush=True)
    for user in users:
        user.cancel()
    await asyncio.wait(users)


if __name__ == "__main__":
    asyncio.run(main())

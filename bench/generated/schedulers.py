"""The scheduler of all generated clusters: a real one, whose workers are generated.

Run as ``python -m bench.generated.schedulers <directory> <workers>``; prints a line of JSON with the addresses, and ends with its input. All clusters
share the scheduler, and each is a connection of its own to it, over Dask's own protocol and encryption.
"""

from __future__ import annotations

import asyncio
import functools
import json
import math
import pickle
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dask
from aiohttp import web
from dask_gateway_server.tls import new_keypair
from distributed import Scheduler
from distributed.core import Status
from distributed.scheduler import WorkerState
from distributed.security import Security

MEMORY = 2**30
"""Of a worker, in bytes."""

BEAT = 1.0
"""Seconds between two heartbeats of a worker."""


class SharedScheduler(Scheduler):
    """A scheduler that a thousand watch at once.

    In a real deployment each scheduler compiles the few functions that are sent to it. Here one would have to do that for all of them: it keeps those
    that it has been sent before.
    """

    async def feed(self, comm: Any, function: bytes = b"", setup: bytes = b"", **_: Any) -> None:
        told = await _load(setup)(self)
        tell = _load(function)
        try:
            while True:
                await comm.write(tell(self, told))
        except OSError:
            # The feed has told all it had, or the other side is gone.
            return

    def generate(self, number: int) -> None:
        """Take in so many workers that nobody has started."""
        for place in range(number):
            address = f"tls://127.0.0.1:{place + 1}"
            self.workers[address] = WorkerState(
                address=address,
                status=Status.running,
                pid=place,
                name=f"worker-{place}",
                nthreads=2,
                memory_limit=MEMORY,
                local_directory="",
                nanny=None,
                server_id=address,
                scheduler=self,
            )

    async def beat(self) -> None:
        """What the workers would report: processor and memory move, the memory so little that it is no news."""
        while True:
            now = time.time()
            for place, worker in enumerate(self.workers.values()):
                wave = math.sin(place + now / 10)
                worker.metrics = {"cpu": 50 + 40 * wave, "memory": int(MEMORY * (0.25 + 0.001 * wave)), "task_counts": {}}
                worker.last_seen = now
            await asyncio.sleep(BEAT)


_load = functools.lru_cache(maxsize=64)(pickle.loads)


async def serve(directory: Path, workers: int) -> None:
    """Serve until the input ends."""
    paths = [directory / "cert.pem", directory / "key.pem"]
    for path, content in zip(paths, new_keypair("generated"), strict=True):
        path.touch(mode=0o600)
        path.write_bytes(content)
    certificate, key = map(str, paths)
    security = Security(tls_ca_file=certificate, tls_scheduler_cert=certificate, tls_scheduler_key=key, require_encryption=True)
    # It would move data between workers, which are not there.
    dask.config.set({"distributed.scheduler.active-memory-manager.start": False, "temporary-directory": str(directory)})
    async with SharedScheduler(protocol="tls", host="127.0.0.1", port=0, dashboard_address="127.0.0.1:0", security=security) as scheduler:
        # What of the gateway's own service the extension reads.
        scheduler.services["gateway"] = SimpleNamespace(adapt_task=None, count=workers, minimum=0, maximum=workers, idle_timeout=0, port=0)
        scheduler.generate(workers)
        beating = asyncio.create_task(scheduler.beat())
        runner = web.AppRunner(_api())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(json.dumps({"scheduler": scheduler.address, "api": f"http://127.0.0.1:{runner.addresses[0][1]}"}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        beating.cancel()
        await runner.cleanup()


def _api() -> web.Application:
    """What the gateway sends a scheduler: a new size."""

    async def accept(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({})

    application = web.Application()
    application.router.add_post("/api/comm", accept)
    return application


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))

"""The schedulers of all generated clusters, in one process.

Run as ``python -m bench.generated.schedulers <directory> <workers of each>``; prints a line of JSON with the addresses, and ends with its input.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import ssl
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from dask_gateway_server.tls import new_keypair
from distributed.comm import listen

MEMORY = 2**30
"""Of a worker, in bytes."""


def scheduler(workers: int) -> SimpleNamespace:
    """What of a scheduler the extension reads."""
    worker = SimpleNamespace(nthreads=1, memory_limit=MEMORY, metrics={"memory": MEMORY // 4}, name="w", last_seen=0.0)
    service = SimpleNamespace(adapt_task=None, count=workers, minimum=0, maximum=workers, idle_timeout=0)
    return SimpleNamespace(
        workers={f"tls://127.0.0.1:{number}": worker for number in range(workers)},
        task_groups={},
        clients={},
        services={"gateway": service},
        unrunnable=(),
        transition_log=(),
        time_started=0.0,
    )


async def feed(comm: Any, told_of: SimpleNamespace) -> None:
    """Dask's own operation "feed": call a function that came over the wire, again and again, and send what it returns."""
    try:
        request = await comm.read()
        function = pickle.loads(request["function"])
        while True:
            await comm.write(function(told_of))
            await asyncio.sleep(request["interval"])
    except OSError:
        # The other side is gone.
        comm.abort()


async def serve(directory: Path, workers: int) -> None:
    """Serve until the input ends."""
    told_of = scheduler(workers)
    certificate, key = new_keypair("generated")
    for name, content in (("cert.pem", certificate), ("key.pem", key)):
        (directory / name).touch(mode=0o600)
        (directory / name).write_bytes(content)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
    listener = listen("tls://127.0.0.1:0", lambda comm: feed(comm, told_of), ssl_context=context, require_encryption=True)
    await listener.start()

    async def accept(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({})

    application = web.Application()
    # What the gateway sends a scheduler: a new size.
    application.router.add_post("/api/comm", accept)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"scheduler": listener.contact_address, "api": f"http://127.0.0.1:{runner.addresses[0][1]}"}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()
    listener.stop()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))

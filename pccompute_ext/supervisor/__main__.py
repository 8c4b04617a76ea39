"""The program: ``python -m pccompute_ext.supervisor <directory> [--look | --sweep]``.

It writes a line to standard output as soon as it has taken charge: ``ready``, or ``taken`` where another process is in charge of this cluster.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from .after import begin_look, begin_sweep, look_after, sweep_after
from .files import LOCK
from .life import Life
from .lock import Lock
from .order import Order
from .processes import ProcessSweeper
from .state import State


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(prog="python -m pccompute_ext.supervisor", description="Runs one Dask cluster.")
    parser.add_argument("directory", type=Path, help="the cluster's directory")
    parser.add_argument("--look", action="store_true", help="only find out what is left of a cluster whose supervisor died")
    parser.add_argument("--sweep", action="store_true", help="only delete what is left of it")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    directory: Path = arguments.directory
    order = Order.read(directory)
    afterwards = arguments.look or arguments.sweep
    if order is None or Lock.take(directory / LOCK) is None or (State.read(directory) is not None and not afterwards):
        _answer("taken")
        return
    ProcessSweeper(directory).mark()
    if arguments.look:
        found = begin_look(directory)
        _answer("ready")
        if found is not None:
            asyncio.run(look_after(directory, order, found))
    elif arguments.sweep:
        state = begin_sweep(directory)
        _answer("ready")
        asyncio.run(sweep_after(directory, order, state))
    else:
        asyncio.run(_run(directory, order))
    # Threads of a class that hangs must not keep this process; nothing of it is needed any more.
    logging.shutdown()
    os._exit(0)


async def _run(directory: Path, order: Order) -> None:
    life = Life(directory, order)
    await life.open()
    for sign in (signal.SIGTERM, signal.SIGINT):
        # Windows has none of them.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(sign, life.stop, "The machine, or somebody, asked its supervisor to end.")
    _answer("ready")
    await life.run()


def _answer(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    # Whoever started this listens no more. What the cluster's class prints belongs into the log.
    os.dup2(2, 1)


if __name__ == "__main__":
    main()

"""A server for tests as a program, for tests in another language: it tells of itself, obeys, and ends with its standard input."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any, Protocol


class Served(Protocol):
    """Something that is started and closed."""

    def start(self) -> None:
        """Start, and return when it answers."""

    def close(self) -> None:
        """End it, and everything that it has started."""


def serve(server: Served, describe: Callable[[], Mapping[str, Any]], obey: Callable[[IO[str], IO[str]], object]) -> None:
    """Start it, print one line of JSON, and close it when there is nothing more to do, or when this process is asked to end.

    Parameters
    ----------
    describe
        Says what is printed.
    obey
        Reads standard input to its end, and may answer.
    """
    # A polite end is an end like any other: through close().
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.start()
        tell(describe(), sys.stdout)
        obey(sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def tell(answer: Mapping[str, Any], answers: IO[str]) -> None:
    """Write one line of JSON."""
    answers.write(json.dumps(answer) + "\n")
    answers.flush()

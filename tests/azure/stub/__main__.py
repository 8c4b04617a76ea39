"""The stand-in as a program, for work by hand and for tests in a browser: ``python -m tests.azure.stub``.

It prints one line of JSON with ``environment`` and ``arguments``, then obeys lines of JSON on standard input, each answered with one:
``["resources"]``, ``["requests"]``, ``["leftover", "1a2b3c4d"]``, ``["fail", "PUT virtualMachines", "SKU"]``, ``["hold", "boot"]`` and
``["release"]``, which lets go on what is held. It ends, with all that runs in it, at the end of its standard input.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

from . import errors
from .azure import Azure, running
from .script import Hold


def obey(azure: Azure, command: list[str], held: list[Hold]) -> Any:
    """Do what a line says, and return the answer."""
    match command:
        case ["resources"]:
            return azure.resources()
        case ["requests"]:
            return azure.requests
        case ["leftover", cluster_id]:
            return azure.add_leftover(cluster_id)
        case ["fail", step, name]:
            return azure.fail(step, getattr(errors, name))
        case ["hold", step]:
            return held.append(azure.hold(step))
        case ["release"]:
            while held:
                held.pop().release()
            return None
    raise ValueError(f"unknown: {command}")


def main() -> None:
    """Run the program."""
    # A polite end is an end like any other.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    held: list[Hold] = []
    with running() as azure:
        tell({"environment": azure.environment, "arguments": azure.arguments})
        for line in sys.stdin:
            try:
                tell({"done": obey(azure, json.loads(line), held)})
            except (ValueError, AttributeError, TypeError) as error:
                tell({"error": str(error)})


def tell(answer: Any) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

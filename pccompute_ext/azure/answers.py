"""Answers questions about Azure; a program, since the SDK is not imported in the Jupyter server, and ``az`` may take long.

``python -m pccompute_ext.azure.answers <question>`` reads a JSON object from standard input and writes one line of JSON: ``{"answer": …}`` or
``{"error": words}``.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from ..supervisor.root_cause import root_cause
from .guard import CannotWork, check, check_installed
from .subscription import NoSubscription

QUESTIONS: Final = ("account", "offers", "leftovers")


def answer(question: str, options: dict[str, Any]) -> dict[str, Any]:
    """Answer one question; ``check`` has no answer but an error, where there is something wrong."""
    try:
        if question not in QUESTIONS:
            check()
            return {"answer": None}
        # To look, any version of the SDK will do.
        check_installed()
        return {"answer": getattr(import_module(f".{question}", __package__), question)(options)}
    except (CannotWork, NoSubscription) as error:
        return {"error": str(error)}
    except Exception as error:
        return {"error": root_cause(error)}


def main() -> None:
    """Run the program."""
    answered = answer(sys.argv[1], json.loads(sys.stdin.read() or "{}"))
    with suppress(OSError):
        sys.stdout.write(f"\n{json.dumps(answered)}\n")


if __name__ == "__main__":
    main()

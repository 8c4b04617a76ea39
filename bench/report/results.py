"""The file with what was last found by each benchmark."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ..harness import machine
from ..harness.figures import Outcome

FILE = Path(__file__).resolve().parents[1] / "results.json"


class Results:
    """What was found, by the name of the benchmark."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found

    @classmethod
    def load(cls) -> Self:
        """What is kept so far; nothing where nothing is."""
        return cls(json.loads(FILE.read_text()) if FILE.exists() else {})

    def keep(self, name: str, outcome: Outcome, *, when: datetime, seconds: float, load: float) -> None:
        """Put what was found in the place of what was found before, at once: later benchmarks may fail."""
        self.found[name] = {
            **outcome.as_json(),
            "when": when.isoformat(timespec="minutes"),
            "seconds": round(seconds),
            "load": round(load, 1),
            "machine": machine.describe(),
        }
        FILE.write_text(json.dumps(self.found, indent=1) + "\n")

"""The report as text, to be sent to somebody who can help."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import Final

from .. import __version__
from ..access_models import CheckStep, StepState
from ..backends.base import Backend
from ..redaction import redact

_MARKS: Final[dict[StepState, str]] = {"passed": "[ ok ]", "warning": "[warn]", "failed": "[FAIL]", "skipped": "[skip]"}


def as_text(backend: Backend, steps: Sequence[CheckStep]) -> str:
    """The rows with what was found. They hold no credential and no cluster's name, so neither does this."""
    lines = [
        f"pccompute {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"Backend: {backend.label} ({backend.kind}) at {backend.address or 'no address'}",
        "",
    ]
    for step in steps:
        lines.append(f"{_MARKS[step.state]} {step.title} ({step.milliseconds} ms)")
        lines.append(f"       {step.detail}")
        if step.advice:
            lines.append(f"       What to do: {step.advice}")
    return redact("\n".join(lines) + "\n")

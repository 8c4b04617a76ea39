"""Private files, written as a whole: a reader sees the old content or the new, never a part."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ORDER: Final = "order.json"
STATE: Final = "state.json"
CONNECTION: Final = "connection.json"
LOCK: Final = "lock"
LOG: Final = "supervisor.log"


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON in place of what is there, readable by the user only."""
    replace_private(path, json.dumps(content).encode())


def replace_private(path: Path, content: bytes) -> None:
    """Write a file in place of what is there, readable by the user only."""
    # mkstemp makes the file 0600.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def read_private(path: Path) -> dict[str, Any] | None:
    """Read such a file; ``None`` where there is none, or it holds something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def open_private(path: Path) -> int:
    """Open a file to append to, readable by the user only; returns the descriptor."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

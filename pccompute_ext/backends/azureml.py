"""A compute instance of Azure Machine Learning: whether this server runs on one, and its managed identity."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

#: On compute instances only: lines of ``key=value``.
ABOUT: Final = Path("/mnt/azmnt/.nbvm")

_LONGEST: Final = 10_000


def compute_instance(about: Path | None = None) -> str | None:
    """Return its name; ``None`` where this is none. Reads a file."""
    try:
        with (about or ABOUT).open(encoding="utf-8", errors="replace") as file:
            lines = file.read(_LONGEST).splitlines()
    except OSError:
        return None
    told = dict(line.split("=", 1) for line in lines if "=" in line)
    return told.get("instance", "").strip() or "this compute instance"


def identity(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables from which Azure's SDK learns which managed identity to use, where it does not know yet.

    On a compute instance the identity is named by a variable that the SDK for Python does not read.
    """
    named = environment.get("DEFAULT_IDENTITY_CLIENT_ID")
    if named and environment.get("MSI_ENDPOINT") and not environment.get("AZURE_CLIENT_ID"):
        return {"AZURE_CLIENT_ID": named}
    return {}

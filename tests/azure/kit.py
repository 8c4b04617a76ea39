"""What the tests of the Azure side share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pccompute_ext.azure.form import CLASS
from pccompute_ext.backends.own import OwnBackend
from tests.own.kit import backend_of


def subscription(directory: Path, **entry: Any) -> OwnBackend:
    """The user's Azure subscription, with the files of its clusters below a directory."""
    return backend_of(directory / "own" / "azure", {"class": CLASS, **entry})

"""What the tests of the Azure side share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pccompute_ext.azure.form import CLASS
from pccompute_ext.backends.own import OwnBackend
from tests.own.kit import backend_of

from .stub.azure import Azure


def sign_in(azure: Azure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that this process starts find the stand-in."""
    for name, value in azure.environment.items():
        monkeypatch.setenv(name, value)


def subscription(directory: Path, **entry: Any) -> OwnBackend:
    """The user's Azure subscription, with the files of its clusters below a directory."""
    return backend_of(directory / "own" / "azure", {"class": CLASS, **entry})

"""Where code finds a credential that was entered in the panel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class KeptCredential:
    """Where a kernel on this machine finds the credential.

    Attributes
    ----------
    kept
        ``asked``: nowhere, it is asked for when the code runs.
    service, origin
        Under which it stands in the keyring.
    """

    kind: Literal["token", "password"]
    kept: Literal["file", "keyring", "asked"]
    service: str = ""
    origin: str = ""
    file: Path | None = None

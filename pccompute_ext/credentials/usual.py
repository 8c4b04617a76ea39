"""The usual places of credentials, in their order."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from pathlib import Path

from .environment import EnvironmentSource, environment_origins
from .os_keyring import KeyringSource
from .private_file import FileSource
from .session import SessionSource
from .source import SourceKind
from .store import CredentialStore


def usual_store(directory: Path, allowed: Collection[SourceKind], log: logging.Logger) -> CredentialStore:
    """Make the store of a server: the environment, the system's keyring, private files, memory.

    Parameters
    ----------
    directory
        For the private files, and for nothing else.
    allowed
        The places where a credential that was entered may be kept. That of the environment is always used: whoever set it chose so.
    """
    environment = EnvironmentSource(os.environ, environment_origins(os.environ))
    return CredentialStore([environment, KeyringSource(), FileSource(directory, log), SessionSource()], allowed={"environment", *allowed})

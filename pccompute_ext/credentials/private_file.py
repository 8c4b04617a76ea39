"""Credentials in private files, one for each origin."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import ClassVar

from .credential import Credential, decode, encode
from .errors import StoreFailed
from .origin import Origin
from .private_directory import PrivateDirectory
from .source import Keeper, SourceKind


class FileSource(Keeper):
    """Credentials in a private directory (see :class:`PrivateDirectory`).

    Each origin has a file of its own, replaced as a whole. So two servers of one user that write at once lose nothing, without a lock, which some
    network file systems that homes are on do not have.

    Parameters
    ----------
    directory
        For these files only; made at the first write.
    """

    kind: ClassVar[SourceKind] = "file"

    def __init__(self, directory: Path, log: logging.Logger) -> None:
        self._directory = PrivateDirectory(directory, log)

    @property
    def where(self) -> str:
        return f"a private file in {self._directory.path}"

    def file(self, origin: Origin) -> Path:
        return self._directory.path / file_name(origin)

    async def check(self) -> None:
        await asyncio.to_thread(self._directory.prepare)

    async def get(self, origin: Origin) -> Credential | None:
        content = await asyncio.to_thread(self._directory.read, file_name(origin))
        if content is None:
            return None
        credential = decode(origin, content)
        if credential is None:
            raise StoreFailed(
                f"The file {file_name(origin)} in {self._directory.path} is not one that this version wrote. Delete the credential and add it again."
            )
        return credential

    async def put(self, origin: Origin, credential: Credential) -> None:
        await asyncio.to_thread(self._directory.replace, file_name(origin), encode(origin, credential))

    async def remove(self, origin: Origin) -> None:
        await asyncio.to_thread(self._directory.remove, file_name(origin))


def file_name(origin: Origin) -> str:
    """Return the name of an origin's file: the same for the same origin, and fit for any file system."""
    return f"{hashlib.blake2s(str(origin).encode(), digest_size=16).hexdigest()}.json"

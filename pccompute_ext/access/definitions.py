"""The gateways that a user added, as they are kept. No credential is among this."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

import msgspec

from ..access_models import GatewayDefinition
from ..credentials import StoreFailed
from ..credentials.private_directory import PrivateDirectory

FORMAT: Final = 1


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One gateway in its file."""

    format: int = FORMAT
    id: str
    gateway: GatewayDefinition
    plain_http: bool = False
    """Whether the person confirmed that what is sent there may be read on the way."""


class Definitions:
    """One private file for each gateway: two servers of one user that write at once lose nothing, and a broken file harms no other.

    Parameters
    ----------
    directory
        For these files only; made at the first write.
    """

    def __init__(self, directory: Path, log: logging.Logger) -> None:
        self._directory = PrivateDirectory(directory, log)
        self._log = log

    @property
    def directory(self) -> Path:
        """Where they lie."""
        return self._directory.path

    async def load(self) -> list[Kept]:
        """All that can be read, by id. What can't be is left alone and told to the log."""
        return await asyncio.to_thread(self._load)

    async def put(self, kept: Kept) -> None:
        """Keep a gateway in place of an earlier one of the same id.

        Raises
        ------
        StoreFailed
            It can't be written.
        """
        await asyncio.to_thread(self._directory.replace, f"{kept.id}.json", msgspec.json.encode(kept))

    async def remove(self, id: str) -> None:
        """Forget a gateway; raises like :meth:`put`."""
        await asyncio.to_thread(self._directory.remove, f"{id}.json")

    def _load(self) -> list[Kept]:
        try:
            names = sorted(path.name for path in self._directory.path.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
        except FileNotFoundError:
            return []
        except OSError as error:
            self._log.error("The gateways that were added can't be read: %s", type(error).__name__)
            return []
        return [kept for name in names if (kept := self._read(name)) is not None]

    def _read(self, name: str) -> Kept | None:
        try:
            content = self._directory.read(name)
            kept = msgspec.json.decode(content or b"", type=Kept)
        except (StoreFailed, msgspec.MsgspecError, UnicodeDecodeError) as error:
            reason = error.message if isinstance(error, StoreFailed) else "it is not one of this version"
            self._log.warning("The gateway in %s can't be used: %s", self._directory.path / name, reason)
            return None
        if kept.format != FORMAT or f"{kept.id}.json" != name:
            self._log.warning("The gateway in %s can't be used: it is not one of this version.", self._directory.path / name)
            return None
        return kept

"""What must survive a restart of the server: one private file for each cluster."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from .models import Adaptive, Manual
from .supervisor.files import replace_private
from .tasks import describe_error

FORMAT = 1

RECORDS = "clusters"
"""The folder of a state directory in which they lie."""


class Record(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What is remembered of one cluster. Written before its backend is asked for it."""

    format: int = FORMAT
    id: str
    backend: str
    name: str | None = None
    """The backend's full name for it, a secret; ``None`` until the backend has answered."""
    made_here: bool = False
    label: str | None = None
    created: datetime | None = None
    options: dict[str, Any] = {}
    digest: str | None = None
    """Of the request that made it, so that the same request is known again."""
    scaling: Adaptive | Manual | None = None
    applied: bool = True
    """Whether the backend has taken ``scaling``; if not, it is sent as soon as the cluster runs."""
    ran: bool = False
    """Whether it has been seen running."""
    ending: bool = False
    """Whether its end has been asked for."""
    failure: str | None = None
    """Why it never came to be, where it did not."""

    @property
    def needed(self) -> bool:
        """Whether it is to be on the disk: a cluster from elsewhere needs no record as long as nothing was set here."""
        return bool(self.made_here or self.label or self.scaling or self.ending)

    def __repr__(self) -> str:
        return f"Record(id={self.id!r}, backend={self.backend!r})"


class Records:
    """Records in the folder ``clusters`` of a directory; both are made private to the user.

    One file a cluster: a broken one harms no other, and two servers of one user write different files.

    Parameters
    ----------
    directory
        Made (0700) where it is missing. The records hold full names of clusters, which are secrets; their folder exists as long as there are any.
    log
        Hears of what can't be read or written. Neither stops the work: the clusters themselves are at their backends.
    """

    def __init__(self, directory: Path, log: logging.Logger) -> None:
        self.directory = directory / RECORDS
        self._log = log
        self._latest: dict[str, Record | None] = {}
        self._lock = asyncio.Lock()

    async def load(self) -> list[Record]:
        """All records, in no order. What can't be read is set aside beside the others, as ``….unreadable``."""
        return await asyncio.to_thread(self._load)

    async def put(self, record: Record) -> None:
        """Keep a record in place of an earlier one of the same id. Returns once it is on the disk, or is known not to get there."""
        await self._change(record.id, record)

    async def remove(self, id: str) -> None:
        await self._change(id, None)

    async def _change(self, id: str, record: Record | None) -> None:
        self._latest[id] = record
        async with self._lock:
            # Whoever held the lock may have written this change too: the latest is what counts.
            if id not in self._latest:
                return
            latest = self._latest.pop(id)
            write = asyncio.ensure_future(asyncio.to_thread(self._write, id, latest))
            try:
                await asyncio.shield(write)
            except asyncio.CancelledError:
                # The thread can't be stopped. Waiting for it keeps the next writer of this file from being overtaken.
                await asyncio.wait({write})
                raise

    def _path(self, id: str) -> Path:
        return self.directory / f"{id}.json"

    def _load(self) -> list[Record]:
        records = []
        try:
            if not self.directory.is_dir():
                return []
            self._make_private()
            paths = sorted(self.directory.glob("*.json"))
        except OSError as error:
            self._log.error("The records of clusters can't be read, so labels and scaling set earlier are not known: %s", describe_error(error))
            return []
        for path in paths:
            try:
                path.chmod(0o600)
                record = msgspec.json.decode(path.read_bytes(), type=Record)
                if record.format != FORMAT or self._path(record.id) != path:
                    raise msgspec.ValidationError("not a record of this version")
                records.append(record)
            except (OSError, ValueError, msgspec.MsgspecError) as error:
                self._set_aside(path, error)
        return records

    def _set_aside(self, path: Path, error: Exception) -> None:
        aside = path.with_suffix(".unreadable")
        with contextlib.suppress(OSError):
            path.replace(aside)
        self._log.warning(
            "A record of a cluster can't be read; it is set aside as %s (%s). The cluster itself is not touched.", aside, type(error).__name__
        )

    def _write(self, id: str, record: Record | None) -> None:
        try:
            if record is None:
                self._path(id).unlink(missing_ok=True)
                with contextlib.suppress(OSError):
                    self.directory.rmdir()
            else:
                self._make_private()
                replace_private(self._path(id), msgspec.json.encode(record))
        except OSError as error:
            self._log.error("A record of a cluster can't be written, so a restart may forget its label and scaling: %s", describe_error(error))

    def _make_private(self) -> None:
        for directory in (self.directory.parent, self.directory):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)

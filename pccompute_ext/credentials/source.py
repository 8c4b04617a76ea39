"""The contract of a place where credentials come from or are kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from .credential import Credential
from .origin import Origin

SourceKind = Literal["environment", "keyring", "file", "session"]


@dataclass(frozen=True)
class StoreChoice:
    """A place where a credential could be kept, and if it can't be, why."""

    kind: SourceKind
    where: str
    available: bool
    reason: str | None = None


class Source(ABC):
    """A place where credentials come from.

    Each coroutine may raise :class:`~pccompute_ext.credentials.errors.StoreFailed`, and nothing else.
    """

    kind: ClassVar[SourceKind]

    @property
    @abstractmethod
    def where(self) -> str:
        """The place in words that follow "kept in"."""

    def file(self, origin: Origin) -> Path | None:
        """The file in which the credential for an origin is, where it is in one."""
        return None

    @abstractmethod
    async def get(self, origin: Origin) -> Credential | None:
        """Return the credential for an origin."""


class Keeper(Source):
    """A source that keeps what it is given, too."""

    @abstractmethod
    async def put(self, origin: Origin, credential: Credential) -> None:
        """Keep a credential in place of an earlier one for the same origin."""

    @abstractmethod
    async def remove(self, origin: Origin) -> None:
        """Forget the credential for an origin. Where there is none, that is a success."""

    @abstractmethod
    async def check(self) -> None:
        """Look whether it can be used, and raise where it can't."""

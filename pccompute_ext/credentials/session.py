"""Credentials for this session only, in memory."""

from __future__ import annotations

from typing import ClassVar

from .credential import Credential
from .origin import Origin
from .source import Keeper, SourceKind


class SessionSource(Keeper):
    """Credentials that end with the server's process and are never written anywhere."""

    kind: ClassVar[SourceKind] = "session"

    def __init__(self) -> None:
        self._credentials: dict[Origin, Credential] = {}

    @property
    def where(self) -> str:
        return "the memory of this Jupyter server, until it stops"

    async def get(self, origin: Origin) -> Credential | None:
        return self._credentials.get(origin)

    async def put(self, origin: Origin, credential: Credential) -> None:
        self._credentials[origin] = credential

    async def remove(self, origin: Origin) -> None:
        self._credentials.pop(origin, None)

    async def check(self) -> None:
        return  # memory is always there

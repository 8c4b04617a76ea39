"""All places of credentials together: in which order they are asked, and which of them keeps a new credential."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import Refused
from .credential import Credential
from .errors import StoreFailed, StoreUnavailable
from .origin import Origin
from .secret import Secret
from .source import Keeper, Source, SourceKind, StoreChoice


@dataclass(frozen=True)
class Found:
    """A credential, and where it is from."""

    credential: Credential
    kind: SourceKind
    where: str
    usable: bool = True
    """False where it has expired, was refused, or was replaced by another."""
    file: Path | None = None
    """Where it is kept in one."""


@dataclass(frozen=True)
class Lookup:
    """What was found for an origin, and what was wrong with the places where nothing could be looked up."""

    found: Found | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Where a new credential is kept, and if that is not where it should be, why."""

    kind: SourceKind
    where: str
    warning: str | None = None


class CredentialStore:
    """Finds, keeps and forgets the credentials of origins.

    A credential that was refused gives way to the next place's, so that an old token in the environment does not stand in the way of a new one.

    Parameters
    ----------
    sources
        In the order in which they are asked, and in which a new credential is offered to those of them that keep one.
    allowed
        The kinds that the administrator allows; ``None`` for all. The others are neither asked nor written.
    """

    def __init__(self, sources: Sequence[Source], allowed: Collection[SourceKind] | None = None) -> None:
        self._sources = [source for source in sources if allowed is None or source.kind in allowed]
        self._keepers = [source for source in self._sources if isinstance(source, Keeper)]
        self._set_aside: dict[Origin, set[Secret]] = {}
        self._lock = asyncio.Lock()
        self.version = 0
        """Grows with each change that is made here."""

    async def find(self, origin: Origin, fits: Callable[[Credential], bool] = lambda _: True) -> Lookup:
        """Return the first credential that ``fits`` and can be used; where there is none, the first one that fits at all."""
        best: Found | None = None
        problems = []
        for source in self._sources:
            try:
                credential = await source.get(origin)
            except StoreFailed as error:
                problems.append(error.message)
                continue
            if credential is None or not fits(credential):
                continue
            usable = not credential.has_expired() and credential.secret not in self._set_aside.get(origin, ())
            if best is None or usable:
                best = Found(credential, source.kind, source.where, usable, source.file(origin))
            if usable:
                break
        return Lookup(best, tuple(problems))

    async def put(self, origin: Origin, credential: Credential, kind: SourceKind | None = None) -> Kept:
        """Keep a credential in place of all earlier ones for its origin.

        Parameters
        ----------
        kind
            Where the person wants it; where that fails, it is kept for this session, with a warning. ``None`` for the first place that takes it.

        Raises
        ------
        Refused
            The administrator does not allow this place.
        StoreFailed
            No allowed place took it.
        """
        candidates = self._candidates(kind)
        async with self._lock:
            failures: list[StoreFailed] = []
            for keeper in candidates:
                try:
                    await keeper.put(origin, credential)
                except StoreFailed as error:
                    # That there is no keyring is worth a word only to somebody who asked for it.
                    if kind is not None or not isinstance(error, StoreUnavailable):
                        failures.append(error)
                    continue
                leftovers = await self._replace_others(origin, credential, keeper)
                self.version += 1
                words = [*(error.message for error in failures), *([f"It is kept in {keeper.where}."] if failures else []), *leftovers]
                return Kept(keeper.kind, keeper.where, " ".join(words) or None)
        raise StoreFailed(" ".join(error.message for error in failures) or "There is no place here that can keep a credential.")

    async def remove(self, origin: Origin) -> None:
        """Forget the credential for an origin everywhere. What the environment gives stays.

        Raises
        ------
        StoreFailed
            A place could not be changed; the others were.
        """
        async with self._lock:
            problems = [problem for keeper in self._keepers if (problem := await _remove(keeper, origin))]
            self._set_aside.pop(origin, None)
            self.version += 1
        if problems:
            raise StoreFailed(" ".join(problems))

    def refused(self, origin: Origin, secret: Secret) -> None:
        """Take note that an origin does not accept a credential, until the same one is put again."""
        self.version += 1
        self._set_aside.setdefault(origin, set()).add(secret)

    async def choices(self) -> list[StoreChoice]:
        """Return the places that could keep a credential, each with whether it can now."""
        return [await _choice(keeper) for keeper in self._keepers]

    def _candidates(self, kind: SourceKind | None) -> list[Keeper]:
        if kind is None:
            return self._keepers
        wanted = [keeper for keeper in self._keepers if keeper.kind == kind]
        if not wanted:
            raise Refused(
                f"Credentials can't be kept this way here ({kind}). Allowed: {', '.join(keeper.kind for keeper in self._keepers) or 'none'}."
            )
        return wanted + [keeper for keeper in self._keepers if keeper.kind == "session" and kind != "session"]

    async def _replace_others(self, origin: Origin, credential: Credential, keeper: Keeper) -> list[str]:
        """See that no other place's credential is found in the new one's stead, and return what a person should know of it."""
        problems = [problem for other in self._keepers if other is not keeper and (problem := await _remove(other, origin))]
        self._set_aside[origin] = set()
        for source in self._sources:
            found = None if source is keeper else await _peek(source, origin)
            if found is not None and found.secret != credential.secret:
                self._set_aside[origin].add(found.secret)
                problems.append(f"Another one stays in {source.where}; after a restart of the server it is used first, unless it is refused then.")
        return problems


async def _peek(source: Source, origin: Origin) -> Credential | None:
    """Return what a place has, where that can be told."""
    with contextlib.suppress(StoreFailed):
        return await source.get(origin)
    return None


async def _remove(keeper: Keeper, origin: Origin) -> str | None:
    """Return why nothing could be deleted, where that is so."""
    try:
        await keeper.remove(origin)
    except StoreUnavailable:
        return None
    except StoreFailed as error:
        return error.message
    return None


async def _choice(keeper: Keeper) -> StoreChoice:
    try:
        await keeper.check()
    except StoreFailed as error:
        return StoreChoice(keeper.kind, keeper.where, available=False, reason=error.message)
    return StoreChoice(keeper.kind, keeper.where, available=True)

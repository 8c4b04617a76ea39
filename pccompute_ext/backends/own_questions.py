"""What a provider of machines can be asked about an entry's class: with which sign-in, what there is to choose, and what is left of clusters."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from typing import Any, Final

from ..errors import NotFound, Unavailable
from ..models import Account, Leftover, LeftoverList, Offers
from ..supervisor.state import State
from .own_clusters import OwnClusters
from .own_entry import OwnEntry
from .own_form import OwnForm

_AT_ONCE: Final = 2
"""So many questions; each is a process, and takes one of the few threads of the server."""

_SIGNED_IN_FOR: Final = 600.0
_MISSING_FOR: Final = 15.0
"""Seconds after which it is asked anew whether somebody is signed in: soon where nobody was."""

_ADOPTED: Final = "It was left behind by a cluster that is not known here."


class OwnQuestions:
    """Asks, in processes of the entry's Python.

    Parameters
    ----------
    clusters
        Those of the entry.
    """

    def __init__(self, entry: OwnEntry, form: OwnForm, clusters: OwnClusters) -> None:
        self._entry = entry
        self._form = form
        self._clusters = clusters
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._account: Account | None = None
        self._account_until = 0.0

    async def account(self) -> Account:
        """With which sign-in clusters are made, as it was found out some minutes ago at most."""
        if self._account is None or time.monotonic() > self._account_until:
            try:
                told = await self._ask("account", self._entry.defaults)
                self._account = Account(signed_in=told["signed_in"], method=told["method"], text=told["text"])
            except Unavailable as error:
                self._account = Account(text=error.message)
            self._account_until = time.monotonic() + (_SIGNED_IN_FOR if self._account.signed_in else _MISSING_FOR)
        return self._account

    async def offers(self, options: Mapping[str, Any]) -> Offers:
        """What there is to choose."""
        try:
            told = await self._ask("offers", {**(await self._form.form(None)).defaults, **options})
        except Unavailable as error:
            return Offers(reason=error.message)
        return Offers(values=told["values"], reason=told["reason"])

    async def leftovers(self) -> LeftoverList:
        """What is there of clusters that this server does not know."""
        told, unknown = await self._look()
        found = [Leftover(id=one["id"], cluster=one["cluster"], place=one["place"], resources=one["resources"]) for one in unknown]
        return LeftoverList(leftovers=found, looked_into=told["looked_into"], reason=told["reason"])

    async def adopt(self, id: str) -> str:
        """Give what is left of a cluster a directory, as if its supervisor had died here, and return the name.

        Raises
        ------
        NotFound
            Nothing is left of it, or it is known here.
        """
        _, unknown = await self._look()
        found = next((one for one in unknown if one["id"] == id), None)
        if found is None:
            raise NotFound("Nothing of that is left, or it belongs to a cluster that is listed here. Look again.")
        # The same for whoever asks: what is adopted twice is one cluster.
        name = hashlib.blake2s(f"{self._entry.id}\0{id}".encode(), digest_size=16).hexdigest()
        order = self._entry.order(created=time.time())
        state = State(phase="orphaned", reason=_ADOPTED, handle=found["handle"], remains=tuple(found["resources"]))
        await asyncio.to_thread(self._clusters.adopt, name, order, state)
        return name

    # -- inside --------------------------------------------------------------------------------------------------------

    async def _look(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What is told of all clusters, and of those the ones that are not known here."""
        handles = await asyncio.to_thread(self._clusters.handles_everywhere)
        told: dict[str, Any] = await self._ask("leftovers", {**self._entry.defaults, "handles": handles})
        # After the answer: what was made meanwhile is known too.
        known = await asyncio.to_thread(self._clusters.handles_everywhere)
        return told, [one for one in told["leftovers"] if not any(_fits(handle, one["handle"]) for handle in known)]

    async def _ask(self, question: str, options: Mapping[str, Any]) -> Any:
        async with self._slots:
            return await self._form.answer(question, options)


def _fits(known: Mapping[str, str], found: Mapping[str, str]) -> bool:
    """Whether a handle is that of what was found; a sweeper may know more, and providers don't always write a name in the same case."""
    return "cluster-id" in known and all(known.get(key, value).lower() == value.lower() for key, value in found.items())

"""Proof, in a URL, that Jupyter has let somebody look at a dashboard: for pages that have no cookie."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

IDLE = 600.0
"""Seconds that a ticket lives after its last use."""

MOST = 1000
"""As many tickets are good at a time; of more, the oldest ends."""

LONGEST = 24 * 3600.0
"""Seconds that it lives at most."""


@dataclass
class Ticket:
    """Opens one dashboard for one user.

    Attributes
    ----------
    value
        256 random bits, as 43 characters that are safe in a URL.
    user
        Whom Jupyter had authenticated.
    """

    value: str = field(repr=False)
    user: Any
    cluster_id: str
    issued: float
    used: float
    holders: int = 0


class Tickets:
    """All tickets, in memory: they end with the server.

    Parameters
    ----------
    idle, longest
        Lifetimes in seconds.
    clock
        Seconds.
    """

    def __init__(self, idle: float = IDLE, longest: float = LONGEST, clock: Callable[[], float] = time.monotonic) -> None:
        self._idle = idle
        self._longest = longest
        self._clock = clock
        self._tickets: dict[str, Ticket] = {}

    def __len__(self) -> int:
        return len(self._tickets)

    def issue(self, user: Any, cluster_id: str) -> str:
        """A ticket for an authenticated user; the same one as long as it is good for some time, so that browsers can cache what is below it."""
        now = self._clock()
        self._tickets = {value: ticket for value, ticket in self._tickets.items() if self._is_good(ticket, now)}
        for ticket in self._tickets.values():
            if (ticket.user.username, ticket.cluster_id) == (user.username, cluster_id) and now - ticket.issued < self._longest / 2:
                ticket.used = now
                return ticket.value
        if len(self._tickets) >= MOST:
            del self._tickets[next(iter(self._tickets))]
        ticket = Ticket(secrets.token_urlsafe(32), user, cluster_id, issued=now, used=now)
        self._tickets[ticket.value] = ticket
        return ticket.value

    def find(self, value: str, cluster_id: str) -> Ticket | None:
        """The ticket, where it is good for this cluster; that counts as a use."""
        ticket, now = self._tickets.get(value), self._clock()
        if ticket is None or ticket.cluster_id != cluster_id or not self._is_good(ticket, now):
            return None
        ticket.used = now
        return ticket

    @contextmanager
    def hold(self, ticket: Ticket | None) -> Iterator[None]:
        """Count as one use all that goes on inside, however long."""
        if ticket is None:
            yield
            return
        ticket.holders += 1
        try:
            yield
        finally:
            ticket.holders -= 1
            ticket.used = self._clock()

    def _is_good(self, ticket: Ticket, now: float) -> bool:
        return now - ticket.issued < self._longest and (ticket.holders > 0 or now - ticket.used < self._idle)

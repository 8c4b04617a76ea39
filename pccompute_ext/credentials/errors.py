"""What can go wrong with a place where credentials are kept. Messages name the place, never what is in it."""

from __future__ import annotations

from typing import ClassVar

from ..errors import Unavailable


class StoreFailed(Unavailable):
    """A credential could not be read, kept or deleted; the message says where, why, and what to do."""

    code: ClassVar[str] = "credential-store"


class StoreUnavailable(StoreFailed):
    """There is no such place on this machine, or none that keeps a secret."""

"""A backend's view of the store: the one credential for its own origin."""

from __future__ import annotations

from collections.abc import Callable

from .credential import Credential
from .origin import Origin
from .store import CredentialStore, Lookup


class CredentialProvider:
    """Gives a backend the credential for its origin, and hears of it when that is refused.

    The store is asked again only after a change: a keyring that is locked would ask its owner for a password each time.

    Parameters
    ----------
    fits
        Whether a credential is of the kind that the backend wants; the others are as if they were not there.
    """

    def __init__(self, store: CredentialStore, origin: Origin, fits: Callable[[Credential], bool] = lambda _: True) -> None:
        self.origin = origin
        self._fits = fits
        self._store = store
        self._known = Lookup(None)
        self._version: int | None = None

    async def get(self) -> Credential | None:
        """Return a credential that is not known to be refused or to have expired."""
        found = (await self.lookup()).found
        return found.credential if found is not None and found.usable else None

    async def lookup(self) -> Lookup:
        """Return what there is, also where it can't be used, and what was wrong with the places where nothing could be looked up."""
        found = self._known.found
        expired = found is not None and found.usable and found.credential.has_expired()
        if self._version != self._store.version or expired:
            version = self._store.version
            self._known = await self._store.find(self.origin, self._fits)
            self._version = version
        return self._known

    def refused(self, credential: Credential) -> None:
        """Tell that the origin did not accept a credential; :meth:`get` gives another one, or ``None``."""
        self._store.refused(self.origin, credential.secret)

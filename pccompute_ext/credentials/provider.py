"""A backend's view of the store: the one credential for its own origin."""

from __future__ import annotations

from .credential import Credential
from .origin import Origin
from .store import CredentialStore


class CredentialProvider:
    """Gives a backend the credential for its origin, and hears of it when that is refused.

    The store is asked again only after a change: a keyring that is locked would ask its owner for a password each time.
    """

    def __init__(self, store: CredentialStore, origin: Origin) -> None:
        self.origin = origin
        self._store = store
        self._known: Credential | None = None
        self._version: int | None = None

    async def get(self) -> Credential | None:
        """Return a credential that is not known to be refused or to have expired."""
        expired = self._known is not None and self._known.has_expired()
        if self._version != self._store.version or expired:
            version = self._store.version
            found = (await self._store.find(self.origin)).found
            self._known = found.credential if found is not None and found.usable else None
            self._version = version
        return self._known

    def refused(self, credential: Credential) -> None:
        """Tell that the origin did not accept a credential; :meth:`get` gives another one, or ``None``."""
        self._store.refused(self.origin, credential.secret)

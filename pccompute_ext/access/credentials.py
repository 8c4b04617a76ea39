"""What a person enters to prove who they are: verified, kept, told about, deleted."""

from __future__ import annotations

import msgspec

from ..access_models import PutCredential
from ..backends.base import Backend, CredentialTarget
from ..credentials import Credential, CredentialStore, Secret, token_credential
from ..errors import BadRequest, Locked, Refused, WrongState
from ..manager import ClusterManager
from ..models import CredentialStatus
from .policy import AccessPolicy, check_plain_http


class Credentials:
    """The credentials of all backends, by backend."""

    def __init__(self, manager: ClusterManager, store: CredentialStore, policy: AccessPolicy) -> None:
        self._manager = manager
        self._store = store
        self._policy = policy

    async def status(self, backend_id: str) -> CredentialStatus:
        """What may be known.

        Raises
        ------
        WrongState
            The backend takes none that could be entered.
        """
        backend = self._manager.backend(backend_id)
        await _target(backend)
        return await _status(backend)

    async def put(self, backend_id: str, request: PutCredential) -> CredentialStatus:
        """Verify a credential and keep it in place of an earlier one; the backend uses it at once.

        Raises
        ------
        CredentialNeeded
            It is not good, or not for this.
        BackendFailed, BackendTimeout
            It can't be verified now; nothing is kept.
        ConfirmPlainHttp
            The person has to be asked first.
        Locked
            The administrator does not allow this place.
        """
        backend = self._manager.backend(backend_id)
        target = await _target(backend)
        if request.store is not None and request.store not in self._policy.stores:
            allowed = ", ".join(self._policy.stores) or "none"
            raise Locked(f"The administrator of this server does not allow to keep credentials this way ({request.store}). Allowed: {allowed}.")
        check_plain_http(target.origin, confirmed=target.confirmed or request.confirm_plain_http)
        verified = await backend.verify(_entered(target, request))
        kept = await self._store.put(target.origin, verified, request.store)
        await self._manager.backend_changed(backend_id)
        status = await _status(backend)
        warning = " ".join(filter(None, (kept.warning, status.warning)))
        return msgspec.structs.replace(status, warning=warning or None)

    async def remove(self, backend_id: str) -> None:
        """Forget what was entered. What the environment or the configuration gives stays.

        Raises
        ------
        StoreFailed
            It can't be deleted somewhere.
        """
        target = await _target(self._manager.backend(backend_id))
        await self._store.remove(target.origin)
        await self._manager.backend_changed(backend_id)


async def _target(backend: Backend) -> CredentialTarget:
    target = await backend.credential_target()
    if target is None:
        raise WrongState(f"{backend.label} takes no credential that could be entered here.")
    return target


async def _status(backend: Backend) -> CredentialStatus:
    status = await backend.credential()
    if status is None:
        raise WrongState(f"{backend.label} takes no credential that could be entered here.")
    return status


def _entered(target: CredentialTarget, request: PutCredential) -> Credential:
    try:
        if target.kind == "token":
            return token_credential(request.value)
    except BadRequest as error:
        raise Refused(error.message) from None
    if not request.username:
        raise Refused("A user name is needed with the password.")
    try:
        f"{request.username}:{request.value}".encode("latin1")
    except UnicodeEncodeError:
        raise Refused("The user name or the password holds a character that Dask Gateway can't take.") from None
    if ":" in request.username:
        raise Refused("A user name can't hold a colon here.")
    return Credential(Secret(request.value), username=request.username)

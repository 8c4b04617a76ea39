"""The credential for a backend: it goes in, and never comes out."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..access_models import PutCredential
from ..models import CredentialStatus
from .base import ComputeHandler
from .operation import operation


class CredentialHandler(ComputeHandler):
    """``backends/{backend}/credential``."""

    @web.authenticated
    @authorized
    @operation(gives=CredentialStatus, errors=(errors.NotFound, errors.WrongState))
    async def get(self, backend: str) -> CredentialStatus:
        """Tell where the credential is kept, whose it is and when it ends, never what it is."""
        access = await self.services.access()
        return await access.credentials.status(backend)

    @web.authenticated
    @authorized
    @operation(
        takes=PutCredential,
        gives=CredentialStatus,
        errors=(
            errors.NotFound,
            errors.WrongState,
            errors.Locked,
            errors.Refused,
            errors.ConfirmPlainHttp,
            errors.Unavailable,
            errors.CredentialNeeded,
            errors.BackendFailed,
            errors.BackendTimeout,
        ),
    )
    async def put(self, backend: str, body: PutCredential) -> CredentialStatus:
        """Verify a credential and keep it in place of an earlier one."""
        access = await self.services.access()
        return await access.credentials.put(backend, body)

    @web.authenticated
    @authorized
    @operation(status=204, errors=(errors.NotFound, errors.WrongState, errors.Unavailable))
    async def delete(self, backend: str) -> None:
        """Forget the credential that was entered here."""
        access = await self.services.access()
        await access.credentials.remove(backend)

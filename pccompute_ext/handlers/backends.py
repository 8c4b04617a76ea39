"""Backends and their options."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..models import BackendList, OptionsForm
from .base import ComputeHandler
from .operation import operation


class BackendsHandler(ComputeHandler):
    """``backends``."""

    @web.authenticated
    @authorized
    @operation(gives=BackendList)
    async def get(self) -> BackendList:
        """List every configured backend and whether it can be used."""
        manager = await self.services.manager()
        return await manager.backends()


class OptionsHandler(ComputeHandler):
    """``backends/{backend}/options``."""

    @web.authenticated
    @authorized
    @operation(
        gives=OptionsForm,
        errors=(
            errors.NotFound,
            errors.Unavailable,
            errors.CredentialNeeded,
            errors.BackendFailed,
            errors.BackendTimeout,
        ),
    )
    async def get(self, backend: str) -> OptionsForm:
        """Describe what a backend lets its users choose for a new cluster."""
        manager = await self.services.manager()
        return await manager.options(backend)

"""What clusters have left behind that nobody here knows of."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..models import Cluster, LeftoverList
from .base import ComputeHandler
from .operation import operation

ERRORS = (errors.NotFound, errors.WrongState, errors.Unavailable, errors.BackendFailed, errors.BackendTimeout)


class LeftoversHandler(ComputeHandler):
    """``backends/{backend}/leftovers``."""

    @web.authenticated
    @authorized
    @operation(gives=LeftoverList, errors=ERRORS)
    async def get(self, backend: str) -> LeftoverList:
        """Look for what clusters have left behind that nobody here knows of."""
        manager = await self.services.manager()
        return await manager.leftovers(backend)


class LeftoverHandler(ComputeHandler):
    """``backends/{backend}/leftovers/{leftover}``."""

    @web.authenticated
    @authorized
    @operation(gives=Cluster, status=202, errors=ERRORS)
    async def delete(self, backend: str, leftover: str) -> Cluster:
        """Begin to delete it. The answer is a cluster that is listed until nothing of it is left."""
        manager = await self.services.manager()
        return await manager.take_leftover(backend, leftover)

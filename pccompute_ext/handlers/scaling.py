"""A cluster's size."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..models import AdaptCluster, Cluster, ScaleCluster
from .base import ComputeHandler
from .operation import operation

SCALING_ERRORS = (
    errors.NotFound,
    errors.WrongState,
    errors.Refused,
    errors.CredentialNeeded,
    errors.BackendFailed,
    errors.BackendTimeout,
)


class ScaleHandler(ComputeHandler):
    """``clusters/{id}/scale``"""

    @web.authenticated
    @authorized
    @operation("Set a fixed number of workers", takes=ScaleCluster, gives=Cluster, status=202, errors=SCALING_ERRORS)
    async def post(self, id: str, body: ScaleCluster) -> Cluster:
        manager = await self.services.manager()
        return await manager.scale(id, body)


class AdaptHandler(ComputeHandler):
    """``clusters/{id}/adapt``"""

    @web.authenticated
    @authorized
    @operation(
        "Let a cluster size itself between two bounds", takes=AdaptCluster, gives=Cluster, status=202, errors=SCALING_ERRORS
    )
    async def post(self, id: str, body: AdaptCluster) -> Cluster:
        manager = await self.services.manager()
        return await manager.adapt(id, body)

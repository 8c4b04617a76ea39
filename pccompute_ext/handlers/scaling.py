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
    """``clusters/{id}/scale``."""

    @web.authenticated
    @authorized
    @operation(takes=ScaleCluster, gives=Cluster, status=202, errors=SCALING_ERRORS)
    async def post(self, cluster_id: str, body: ScaleCluster) -> Cluster:
        """Set a fixed number of workers."""
        manager = await self.services.manager()
        return await manager.scale(cluster_id, body)


class AdaptHandler(ComputeHandler):
    """``clusters/{id}/adapt``."""

    @web.authenticated
    @authorized
    @operation(takes=AdaptCluster, gives=Cluster, status=202, errors=SCALING_ERRORS)
    async def post(self, cluster_id: str, body: AdaptCluster) -> Cluster:
        """Let a cluster size itself between two bounds."""
        manager = await self.services.manager()
        return await manager.adapt(cluster_id, body)

"""Clusters: list, create, look at, rename and stop."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..models import Cluster, ClusterList, CreateCluster, UpdateCluster
from .base import ComputeHandler
from .operation import operation


class ClustersHandler(ComputeHandler):
    """``clusters``."""

    @web.authenticated
    @authorized
    @operation(gives=ClusterList)
    async def get(self) -> ClusterList:
        """List all clusters of all backends, and what is wrong with those that could not be asked."""
        manager = await self.services.manager()
        return await manager.clusters()

    @web.authenticated
    @authorized
    @operation(
        takes=CreateCluster,
        gives=Cluster,
        status=202,
        errors=(
            errors.NotFound,
            errors.WrongState,
            errors.Unavailable,
            errors.Refused,
            errors.CredentialNeeded,
            errors.BackendFailed,
            errors.BackendTimeout,
        ),
    )
    async def post(self, body: CreateCluster) -> Cluster:
        """Create a cluster; it is pending in the answer."""
        manager = await self.services.manager()
        return await manager.create(body)


class ClusterHandler(ComputeHandler):
    """``clusters/{id}``."""

    @web.authenticated
    @authorized
    @operation(gives=Cluster, errors=(errors.NotFound,))
    async def get(self, cluster_id: str) -> Cluster:
        """Describe one cluster."""
        manager = await self.services.manager()
        return await manager.get(cluster_id)

    @web.authenticated
    @authorized
    @operation(takes=UpdateCluster, gives=Cluster, errors=(errors.NotFound,))
    async def patch(self, cluster_id: str, body: UpdateCluster) -> Cluster:
        """Rename a cluster."""
        manager = await self.services.manager()
        return await manager.update(cluster_id, body)

    @web.authenticated
    @authorized
    @operation(status=204, errors=(errors.NotFound, errors.CredentialNeeded, errors.BackendFailed, errors.BackendTimeout))
    async def delete(self, cluster_id: str) -> None:
        """Stop a cluster, cancel a pending one, or dismiss one that failed or stopped."""
        manager = await self.services.manager()
        await manager.stop(cluster_id)

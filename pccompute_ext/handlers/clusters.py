"""Clusters: list, create, look at, rename and stop."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..models import Cluster, ClusterList, CreateCluster, SnippetList, UpdateCluster
from .base import ComputeHandler
from .operation import operation


class ClustersHandler(ComputeHandler):
    """``clusters``"""

    # The panel polls this; that must not keep an idle server from being culled.
    _track_activity = False

    @web.authenticated
    @authorized
    @operation("All clusters of all backends, and what is wrong with those that could not be asked", gives=ClusterList)
    async def get(self) -> ClusterList:
        manager = await self.services.manager()
        return await manager.clusters()

    @web.authenticated
    @authorized
    @operation(
        "Create a cluster; it is pending in the answer",
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
        manager = await self.services.manager()
        return await manager.create(body)


class ClusterHandler(ComputeHandler):
    """``clusters/{id}``"""

    _track_activity = False

    @web.authenticated
    @authorized
    @operation("One cluster", gives=Cluster, errors=(errors.NotFound,))
    async def get(self, id: str) -> Cluster:
        manager = await self.services.manager()
        return await manager.get(id)

    @web.authenticated
    @authorized
    @operation("Rename a cluster", takes=UpdateCluster, gives=Cluster, errors=(errors.NotFound,))
    async def patch(self, id: str, body: UpdateCluster) -> Cluster:
        manager = await self.services.manager()
        return await manager.update(id, body)

    @web.authenticated
    @authorized
    @operation(
        "Stop a cluster, cancel a pending one, or dismiss one that failed or stopped",
        status=204,
        errors=(errors.NotFound, errors.CredentialNeeded, errors.BackendFailed, errors.BackendTimeout),
    )
    async def delete(self, id: str) -> None:
        manager = await self.services.manager()
        await manager.stop(id)


class SnippetsHandler(ComputeHandler):
    """``clusters/{id}/snippets``"""

    @web.authenticated
    @authorized
    @operation(
        "Every way to connect to a cluster, as code",
        gives=SnippetList,
        errors=(errors.NotFound, errors.WrongState),
    )
    async def get(self, id: str) -> SnippetList:
        manager = await self.services.manager()
        return await manager.snippets(id)

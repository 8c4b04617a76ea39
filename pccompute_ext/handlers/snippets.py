"""The code that users get."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..snippet_models import NewClusterCode, SnippetList
from .base import ComputeHandler
from .operation import operation

CODE_ERRORS = (errors.NotFound, errors.Unavailable, errors.BackendFailed, errors.BackendTimeout)


class SnippetHandler(ComputeHandler):
    """What both have in common."""

    @property
    def origin(self) -> str:
        """Under which the browser reaches this server, also behind a hub's proxy."""
        return f"{self.request.protocol}://{self.request.host}"


class ClusterSnippetsHandler(SnippetHandler):
    """``clusters/{id}/snippets``."""

    @web.authenticated
    @authorized
    @operation(gives=SnippetList, query=("taken",), errors=(errors.WrongState, *CODE_ERRORS))
    async def get(self, cluster_id: str) -> SnippetList:
        """List every way to use a cluster, as code."""
        manager = await self.services.manager()
        taken = self.get_query_argument("taken", "").split(",")
        return await manager.snippets(cluster_id, taken=taken, origin=self.origin)


class BackendSnippetsHandler(SnippetHandler):
    """``backends/{backend}/snippets``."""

    @web.authenticated
    @authorized
    @operation(takes=NewClusterCode, gives=SnippetList, errors=CODE_ERRORS)
    async def post(self, backend: str, body: NewClusterCode) -> SnippetList:
        """List every way to make a cluster as it is chosen in the request, as code. Makes none."""
        manager = await self.services.manager()
        return await manager.new_cluster_snippets(backend, body, origin=self.origin)

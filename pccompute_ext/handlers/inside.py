"""What goes on inside a cluster: its workers and its logs."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..access_models import VersionReport
from ..detail_models import LogList, WorkerList
from .base import ComputeHandler
from .operation import operation

LOOK_ERRORS = (
    errors.NotFound,
    errors.WrongState,
    errors.Unavailable,
    errors.CredentialNeeded,
    errors.BackendFailed,
    errors.BackendTimeout,
)


class WorkersHandler(ComputeHandler):
    """``clusters/{id}/workers``."""

    @web.authenticated
    @authorized
    @operation(gives=WorkerList, errors=LOOK_ERRORS)
    async def get(self, cluster_id: str) -> WorkerList:
        """List the workers of a running cluster."""
        manager = await self.services.manager()
        return await manager.workers(cluster_id)


class LogsHandler(ComputeHandler):
    """``clusters/{id}/logs``."""

    @web.authenticated
    @authorized
    @operation(gives=LogList, query=("lines",), errors=(errors.BadRequest, *LOOK_ERRORS))
    async def get(self, cluster_id: str) -> LogList:
        """Give the latest lines of the logs of a running cluster's scheduler and workers."""
        lines = self.whole_number("lines", default=500, least=1, most=5000)
        manager = await self.services.manager()
        return await manager.logs(cluster_id, lines)


class VersionsHandler(ComputeHandler):
    """``clusters/{id}/versions``."""

    @web.authenticated
    @authorized
    @operation(gives=VersionReport, query=("kernel",), errors=(errors.Refused, *LOOK_ERRORS))
    async def get(self, cluster_id: str) -> VersionReport:
        """Compare the packages of a kernel, or of this server's environment, with those of a running cluster."""
        access = await self.services.access()
        return await access.versions(cluster_id, self.get_query_argument("kernel", None))

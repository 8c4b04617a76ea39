"""What a dialog for a gateway needs to know, and the connection doctor."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..access_models import CheckLine, CheckReport, CheckRequest, ConnectForm, Preset, PresetRequest
from .base import ComputeHandler
from .operation import operation


class ConnectFormHandler(ComputeHandler):
    """``connect``."""

    @web.authenticated
    @authorized
    @operation(gives=ConnectForm)
    async def get(self) -> ConnectForm:
        """Tell what may be chosen when a gateway is added or a credential is entered."""
        access = await self.services.access()
        return await access.form()


class PresetHandler(ComputeHandler):
    """``connect/preset``."""

    @web.authenticated
    @authorized
    @operation(takes=PresetRequest, gives=Preset, errors=(errors.Refused,))
    async def post(self, body: PresetRequest) -> Preset:
        """Work out from a hub's address what a gateway of it mostly has where. Asks nobody, keeps nothing."""
        access = await self.services.access()
        return access.preset(body)


class CheckHandler(ComputeHandler):
    """``backends/{backend}/check``."""

    @web.authenticated
    @authorized
    @operation(takes=CheckRequest, gives=CheckReport, lines=CheckLine, errors=(errors.NotFound,))
    async def post(self, backend: str, body: CheckRequest) -> CheckReport | CheckLine:
        """Check the connection to a backend step by step; who accepts lines is told of each step once it is done."""
        access = await self.services.access()
        if not self.accepts_lines:
            return await access.check(backend, body)
        return CheckLine(report=await access.check(backend, body, lambda step: self.write_line(CheckLine(step=step))))

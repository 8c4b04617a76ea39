"""Backends and their options."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado import web

from .. import errors
from ..access_models import GatewayDefinition, SaveGateway
from ..models import Backend, BackendList, Offers, OffersQuestion, OptionsForm
from .base import ComputeHandler
from .operation import operation

SAVE_ERRORS = (errors.Locked, errors.Refused, errors.ConfirmPlainHttp, errors.Unavailable)


class BackendsHandler(ComputeHandler):
    """``backends``."""

    @web.authenticated
    @authorized
    @operation(gives=BackendList)
    async def get(self) -> BackendList:
        """List every configured backend and whether it can be used."""
        manager = await self.services.manager()
        return await manager.backends()

    @web.authenticated
    @authorized
    @operation(takes=SaveGateway, gives=Backend, status=201, errors=SAVE_ERRORS)
    async def post(self, body: SaveGateway) -> Backend:
        """Add a Dask Gateway."""
        access = await self.services.access()
        return await access.gateways.add(body)


class BackendHandler(ComputeHandler):
    """``backends/{backend}``: a gateway that the user added."""

    @web.authenticated
    @authorized
    @operation(gives=GatewayDefinition, errors=(errors.NotFound, errors.WrongState))
    async def get(self, backend: str) -> GatewayDefinition:
        """Tell how a gateway that the user added is set up."""
        access = await self.services.access()
        return access.gateways.definition(backend)

    @web.authenticated
    @authorized
    @operation(takes=SaveGateway, gives=Backend, errors=(errors.NotFound, errors.WrongState, *SAVE_ERRORS))
    async def put(self, backend: str, body: SaveGateway) -> Backend:
        """Change a gateway that the user added."""
        access = await self.services.access()
        return await access.gateways.change(backend, body)

    @web.authenticated
    @authorized
    @operation(status=204, errors=(errors.NotFound, errors.WrongState, errors.Unavailable))
    async def delete(self, backend: str) -> None:
        """Forget a gateway that the user added, and its credential. Refused while clusters of it are known to run."""
        access = await self.services.access()
        await access.gateways.forget(backend)


ASKING_ERRORS = (errors.NotFound, errors.Unavailable, errors.CredentialNeeded, errors.BackendFailed, errors.BackendTimeout)


class OptionsHandler(ComputeHandler):
    """``backends/{backend}/options``."""

    @web.authenticated
    @authorized
    @operation(gives=OptionsForm, errors=ASKING_ERRORS)
    async def get(self, backend: str) -> OptionsForm:
        """Describe what a backend lets its users choose for a new cluster."""
        manager = await self.services.manager()
        return await manager.options(backend)


class OffersHandler(ComputeHandler):
    """``backends/{backend}/offers``."""

    @web.authenticated
    @authorized
    @operation(takes=OffersQuestion, gives=Offers, errors=ASKING_ERRORS)
    async def post(self, backend: str, body: OffersQuestion) -> Offers:
        """Tell what there is to choose for a new cluster, given the values of some options."""
        manager = await self.services.manager()
        return await manager.offers(backend, body)

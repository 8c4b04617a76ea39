"""The handshake, and the answer for what does not exist."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from ..models import Handshake
from .base import ComputeHandler
from .operation import operation


class HandshakeHandler(ComputeHandler):
    """``GET`` of the root."""

    @web.authenticated
    @authorized
    @operation(gives=Handshake)
    async def get(self) -> Handshake:
        """Tell the version and the capabilities of the server extension."""
        return self.services.handshake


class UnknownHandler(ComputeHandler):
    """Every other URL of our namespace: 404 as JSON, and only for those who may ask."""

    async def prepare(self, **kwargs: Any) -> None:
        """Refuse all verbs alike."""
        await super().prepare(**kwargs)
        if self.current_user is None:
            raise web.HTTPError(403)
        raise web.HTTPError(404, "The compute extension has no such URL.")

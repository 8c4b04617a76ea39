"""The gateways that a user adds: checked, kept, and given to the manager."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import Awaitable, Callable, Collection
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from ..access_models import GatewayDefinition, SaveGateway
from ..backends.base import Backend
from ..backends.gateway_settings import GatewaySettings
from ..backends.registry import CONFIGURED_ID, LOCAL_ID
from ..credentials import CredentialStore, Origin
from ..errors import ComputeError, NotFound, Refused, WrongState
from ..hub import HubAddress
from ..manager import ClusterManager
from ..models import Backend as BackendModel
from .definitions import Definitions, Kept
from .policy import AccessPolicy, check_plain_http, check_url

Build = Callable[[str, str, GatewaySettings], Awaitable[Backend]]
"""Makes a backend from id, label and settings."""


@runtime_checkable
class Reconfigurable(Protocol):
    """A backend that can be set up anew while it is in use."""

    async def reconfigure(self, settings: GatewaySettings) -> None:
        """Go on with other settings."""


class UserGateways:
    """A user's own gateways.

    Parameters
    ----------
    build
        Makes the backend of one; what can't be loaded becomes one that says so.
    """

    def __init__(self, definitions: Definitions, policy: AccessPolicy, build: Build, store: CredentialStore) -> None:
        self._definitions = definitions
        self._policy = policy
        self._build = build
        self._store = store
        self._kept: dict[str, Kept] = {}
        self._manager: ClusterManager | None = None
        self._lock = asyncio.Lock()

    async def load(self, taken: Collection[str]) -> list[Backend]:
        """Make the backends of the gateways that were kept and that are (still) allowed, but for ids that are ``taken``."""
        loaded = await self._definitions.load()
        self._kept = {kept.id: kept for kept in loaded if kept.id not in taken and self._is_allowed(kept.gateway)}
        return [await self._make(kept) for kept in self._kept.values()]

    def use(self, manager: ClusterManager) -> None:
        """Give changes to this manager."""
        self._manager = manager

    def definition(self, id: str) -> GatewayDefinition:
        """How a gateway is set up."""
        return self._find(id).gateway

    async def add(self, request: SaveGateway) -> BackendModel:
        """Add a gateway.

        Raises
        ------
        Locked
            The administrator does not allow it.
        Refused
            An address can't be used.
        ConfirmPlainHttp
            The person has to be asked first.
        StoreFailed
            It can't be kept; then it is not added.
        """
        async with self._lock:
            kept = Kept(id=self._new_id(request.address), gateway=self._checked(request), plain_http=request.confirm_plain_http)
            await self._definitions.put(kept)
            self._kept[kept.id] = kept
            return await self._the_manager.add_backend(await self._make(kept))

    async def change(self, id: str, request: SaveGateway) -> BackendModel:
        """Set up a gateway anew; what is known of its clusters stays. Raises like :meth:`add`."""
        async with self._lock:
            former = self._find(id)
            kept = Kept(id=id, gateway=self._checked(request), plain_http=request.confirm_plain_http)
            await self._definitions.put(kept)
            self._kept[id] = kept
            backend = self._the_manager.backend(id)
            backend.label = kept.gateway.label
            if kept.gateway != former.gateway and isinstance(backend, Reconfigurable):
                await backend.reconfigure(settings_of(kept))
            return await self._the_manager.backend_changed(id)

    async def forget(self, id: str) -> None:
        """Forget a gateway, and the credential of its origin unless another backend uses that.

        Raises
        ------
        WrongState
            Clusters of it are known to exist.
        StoreFailed
            Its credential or its file can't be deleted.
        """
        async with self._lock:
            kept = self._find(id)
            await self._the_manager.remove_backend(id)
            del self._kept[id]
            await self._definitions.remove(id)
            origin = Origin.of(kept.gateway.address)
            if not await self._is_used(origin):
                await self._store.remove(origin)

    async def _make(self, kept: Kept) -> Backend:
        backend = await self._build(kept.id, kept.gateway.label, settings_of(kept))
        backend.editable = True
        return backend

    async def _is_used(self, origin: Origin) -> bool:
        return any([await _origin_of(backend) == origin for backend in self._the_manager.all_backends()])

    def _checked(self, request: SaveGateway) -> GatewayDefinition:
        self._policy.check_address(request.address)
        self._policy.check_auth(request.auth)
        for other in filter(None, (request.public_address, request.hub)):
            check_url(other)
        if request.hub and HubAddress.parse(request.hub).origin != Origin.of(request.address):
            raise Refused(
                "The hub is at another host than the gateway. A token is sent to one server only, so it can't be verified there: leave the hub empty."
            )
        _check_proxy(request.proxy_address)
        check_plain_http(Origin.of(request.address), confirmed=request.confirm_plain_http)
        fields = {name: getattr(request, name) for name in GatewayDefinition.__struct_fields__}
        return GatewayDefinition(**{name: value.strip() if isinstance(value, str) else value for name, value in fields.items()})

    def _is_allowed(self, gateway: GatewayDefinition) -> bool:
        try:
            self._policy.check_address(gateway.address)
            self._policy.check_auth(gateway.auth)
        except ComputeError:
            return False
        return True

    def _find(self, id: str) -> Kept:
        if id in self._kept:
            return self._kept[id]
        self._the_manager.backend(id)
        raise WrongState("This backend is part of the server's configuration, so it can't be changed here.")

    def _new_id(self, address: str) -> str:
        """An id that is made from the host, and that no other backend has."""
        host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(address.strip()).hostname or "").lower()).strip("-")[:40]
        taken = {CONFIGURED_ID, LOCAL_ID, *(backend.id for backend in self._the_manager.all_backends())}
        while (id := f"{host or 'gateway'}-{secrets.token_hex(3)}") in taken:
            pass
        return id

    @property
    def _the_manager(self) -> ClusterManager:
        if self._manager is None:
            raise NotFound("There is no such backend. Reload the page to see those that there are.")
        return self._manager


async def _origin_of(backend: Backend) -> Origin | None:
    """Of the credential that a backend takes, where its configuration can be used."""
    with contextlib.suppress(ComputeError):
        target = await backend.credential_target()
        return target.origin if target is not None else None
    return None


def settings_of(kept: Kept) -> GatewaySettings:
    """What the backend takes. Braces in what a person entered are no templates: the environment is not theirs to read out."""
    gateway = kept.gateway
    return GatewaySettings(
        address=_literal(gateway.address),
        proxy_address=_literal(gateway.proxy_address),
        public_address=_literal(gateway.public_address),
        auth="basic" if gateway.auth == "none" else gateway.auth,
        entered=gateway.auth != "none",
        hub=gateway.hub,
        plain_http=kept.plain_http,
        image=gateway.image,
    )


def _literal(text: str | None) -> str | None:
    return None if text is None else text.replace("{", "{{").replace("}", "}}")


def _check_proxy(address: str | None) -> None:
    if address is None:
        return
    parts = urlsplit(address.strip() if "://" in address else f"gateway://{address.strip()}")
    try:
        valid = bool(parts.hostname) and parts.port is not None
    except ValueError:
        valid = False
    if not valid or parts.scheme not in ("gateway", "tls", "tcp") or parts.username or parts.query or parts.fragment:
        raise Refused("The proxy address must name a host and a port, such as gateway://hub.example.com:8786.")

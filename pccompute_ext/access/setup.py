"""Puts this package together for one server."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from ..backends.base import Backend
from ..backends.gateway_settings import GatewaySettings
from ..credentials.usual import usual_store
from ..doctor import RunInKernel
from ..manager import ClusterManager
from .definitions import Definitions
from .gateways import Build, UserGateways
from .policy import AccessPolicy
from .service import Access


class AccessSetup:
    """What lives as long as the server, and is at work once there is a manager.

    Parameters
    ----------
    directory
        The state directory; ``gateways`` and ``credentials`` in it are this package's.
    build
        Makes the backend of a user's own gateway.
    run_in_kernel
        For comparing versions; ``None`` where there are no kernels.
    """

    def __init__(self, directory: Path, policy: AccessPolicy, log: logging.Logger, *, build: Build, run_in_kernel: RunInKernel | None = None) -> None:
        self.store = usual_store(directory / "credentials", policy.stores, log)
        self._policy = policy
        self._build = build
        self.definitions = Definitions(directory / "gateways", log)
        self._gateways = UserGateways(self.definitions, policy, self._build_with_store, self.store)
        self._run_in_kernel = run_in_kernel
        self._access: Access | None = None

    async def prepare(self, configured: Sequence[Backend]) -> list[Backend]:
        """Let the configured backends use the store, and add the user's own."""
        for backend in configured:
            backend.use_credentials(self.store)
        return [*configured, *await self._gateways.load(taken={backend.id for backend in configured})]

    def access(self, manager: ClusterManager) -> Access:
        """What the handlers use; the same for the same manager."""
        if self._access is None:
            self._gateways.use(manager)
            self._access = Access(manager, self._gateways, self.store, self._policy, self._run_in_kernel)
        return self._access

    async def _build_with_store(self, id: str, label: str, settings: GatewaySettings) -> Backend:
        backend = await self._build(id, label, settings)
        backend.use_credentials(self.store)
        return backend

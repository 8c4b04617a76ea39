"""All that the handlers need of this package, over one manager."""

from __future__ import annotations

from typing import Final, cast

from ..access_models import CheckReport, CheckRequest, ConnectForm, CredentialPlace, Preset, PresetRequest, StoreKind
from ..credentials import CredentialStore
from ..doctor import Doctor
from ..manager import ClusterManager
from .credentials import Credentials
from .gateways import UserGateways
from .policy import AccessPolicy
from .preset import preset

_TITLES: Final[dict[StoreKind, str]] = {"keyring": "Keyring of the system", "file": "Private file", "session": "This session only"}


class Access:
    """What a user may set up, and what is told of it."""

    def __init__(self, manager: ClusterManager, gateways: UserGateways, store: CredentialStore, policy: AccessPolicy, doctor: Doctor) -> None:
        self.gateways = gateways
        self.credentials = Credentials(manager, store, policy)
        self._manager = manager
        self._store = store
        self._policy = policy
        self._doctor = doctor

    async def form(self) -> ConnectForm:
        """What may be chosen."""
        choices = await self._store.choices()
        return ConnectForm(
            user_gateways=self._policy.user_gateways,
            allowed_addresses=None if self._policy.addresses is None else list(self._policy.addresses),
            auth_types=self._policy.offered_types(),
            places=[
                CredentialPlace(kind=kind, title=_TITLES[kind], where=choice.where, available=choice.available, reason=choice.reason)
                for choice in choices
                if (kind := cast(StoreKind, choice.kind)) in _TITLES
            ],
        )

    def preset(self, request: PresetRequest) -> Preset:
        """What a hub mostly has where."""
        return preset(request.hub)

    async def check(self, backend_id: str, request: CheckRequest) -> CheckReport:
        """Check the connection to a backend."""
        return await self._doctor.check(self._manager.backend(backend_id), kernel=request.kernel)

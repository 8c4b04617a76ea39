"""All that the handlers need of this package, over one manager."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from ..access_models import CheckReport, CheckRequest, CheckStep, ConnectForm, CredentialPlace, Preset, PresetRequest, StoreKind, VersionReport
from ..credentials import CredentialStore
from ..doctor import Doctor, RunInKernel
from ..errors import Unavailable
from ..manager import ClusterManager
from ..versions import Versions, compare, expression, read_answer, versions_here
from .credentials import Credentials
from .gateways import UserGateways
from .policy import AccessPolicy
from .preset import preset

_TITLES: Final[dict[StoreKind, str]] = {"keyring": "Keyring of the system", "file": "Private file", "session": "This session only"}


class Access:
    """What a user may set up, and what is told of it."""

    def __init__(
        self, manager: ClusterManager, gateways: UserGateways, store: CredentialStore, policy: AccessPolicy, run_in_kernel: RunInKernel | None
    ) -> None:
        self.gateways = gateways
        self.credentials = Credentials(manager, store, policy)
        self._manager = manager
        self._store = store
        self._policy = policy
        self._run_in_kernel = run_in_kernel
        self._doctor = Doctor(manager.log, run_in_kernel, manager.regions)

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

    async def versions(self, cluster_id: str, kernel_id: str | None) -> VersionReport:
        """Compare a kernel, or this server's environment, with a cluster; raises what either of them says."""
        cluster = await self._manager.versions(cluster_id)
        mine = await versions_here() if kernel_id is None else await self._versions_in(kernel_id)
        return VersionReport(
            differences=compare(mine, cluster),
            compared=["server" if kernel_id is None else "kernel", "scheduler", *(["workers"] if cluster.workers else [])],
            problem=cluster.problem,
        )

    async def _versions_in(self, kernel_id: str) -> Versions:
        if self._run_in_kernel is None:
            raise Unavailable("This server has no kernels that could be asked.")
        return read_answer(await self._run_in_kernel(kernel_id, expression()))

    async def check(self, backend_id: str, request: CheckRequest, on_step: Callable[[CheckStep], None] = lambda step: None) -> CheckReport:
        """Check the connection to a backend, and tell of each step once it is done."""
        return await self._doctor.check(self._manager.backend(backend_id), request.kernel, on_step)

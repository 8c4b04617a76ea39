"""The server extension: traits, wiring, start and stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from jupyter_server.serverapp import ServerApp
from traitlets import Bool, Dict, DottedObjectName, Enum, Float, List, TraitError, Type, Unicode, default, validate

from . import __version__
from .access import Access, AccessPolicy, AccessSetup
from .access.policy import AUTH_TYPES, STORES, check_pattern
from .backends import registry
from .backends.base import Backend
from .backends.gateway_settings import GatewaySettings
from .dashboard.handler import PATTERN, DashboardHandler
from .dashboard.service import Dashboards
from .events import Emitter
from .handlers.base import Services
from .handlers.routes import FALLBACK, ROUTES
from .kernel_runner import KernelRunner
from .kernels import KernelClients
from .lifecycle import Lifecycle
from .manager import ClusterManager
from .models import Handshake
from .records import RECORDS, Records
from .region import DATA_REGION, Regions, metadata
from .start_times import StartTimes
from .timings import Timings

#: What the front end may rely on.
CAPABILITIES = ["options", "adaptive", "labels", "snippets", "events", "dashboards", "connect", "credentials", "check", "workers", "logs"]

#: The folder of the state directory for how long starts take.
STARTS = "starts"

AT_STOP = {"gateway": "keep", "local": "end", "own": "keep"}

#: The folder of the state directory for the clusters that supervisors run.
OWN = "own"


class ComputeApp(ExtensionApp):
    """Manages Dask clusters for JupyterLab's compute panel."""

    name = "pccompute_ext"
    load_other_extensions = True

    configured_gateway = Bool(
        True,
        help="""Offer the Dask Gateway that Dask's own configuration names (gateway.address in a file, or
        DASK_GATEWAY__ADDRESS in the environment). Where it names none, nothing is offered.""",
    ).tag(config=True)

    gateways = List(
        Dict(),
        help="""Further Dask Gateways. Each is a dict with "address" and, as needed, "id" (lower-case letters,
        digits, dashes; by default made from the address), "label", "proxy_address", "public_address", "auth" (a type
        of Dask Gateway's, such as "basic" or "jupyterhub", or a class path) and "auth_kwargs". What is left out is as
        Dask's own configuration says.""",
    ).tag(config=True)

    other_backends = List(
        Dict(),
        help="""Backends of other kinds. Each is a dict with "class" (the path of a subclass of
        pccompute_ext.backends.base.Backend), "id", "label" and, as needed, "kwargs" for its constructor.""",
    ).tag(config=True)

    own_compute = List(
        Dict(),
        help="""Classes of Dask clusters that users may run, each by a process of its own that outlives this server. Each
        is a dict with "id", "label", "class" (its path) and, as needed, "form" (a JSON Schema for each argument that
        users may choose; by default all that the class takes), "defaults" (arguments), "limits" ("workers",
        "start_within" and "idle_timeout", in seconds), "python" (the interpreter that runs it), "prices" ("scheduler"
        and "worker" per hour, "currency") and "sweeper" (the class that deletes what a cluster leaves behind).""",
    ).tag(config=True)

    local_gateway = Bool(
        True,
        help="""Offer clusters on the machine where this server runs, from a Dask Gateway of its own that is started
        when it is first needed. That gateway needs the extra pccompute-ext[local]; where there is none, the clusters are
        Dask's own LocalCluster.""",
    ).tag(config=True)

    gateway_class = DottedObjectName(
        registry.GATEWAY_CLASS,
        help="The path of the class of backend that talks to a Dask Gateway.",
    ).tag(config=True)

    local_gateway_class = DottedObjectName(
        registry.LOCAL_CLASS,
        help="The path of the class of backend that runs clusters on this machine.",
    ).tag(config=True)

    user_gateways = Bool(
        True,
        help="""Let users add Dask Gateways of their own.""",
    ).tag(config=True)

    allowed_addresses = List(
        Unicode(),
        default_value=None,
        allow_none=True,
        help="""The addresses that users may add, as patterns: "https://hub.example.com/*" or "https://*.example.com".
        None for any.""",
    ).tag(config=True)

    allowed_auth_types = List(
        Unicode(),
        default_value=[known.id for known in AUTH_TYPES],
        help="""How users' own gateways may authenticate: "jupyterhub", "basic", "none", "kerberos", and the paths of
        classes of a deployment's own.""",
    ).tag(config=True)

    allowed_stores = List(
        Enum(STORES),
        default_value=list(STORES),
        help="""Where credentials that users enter may be kept: "keyring" (of the operating system), "file" (a private
        file in the state directory), "session" (in memory until the server stops).""",
    ).tag(config=True)

    azure_subscription = Bool(
        None,
        allow_none=True,
        help="""Offer "My Azure subscription" where own_compute lists nothing. By default (None) where the extra "azure" is
        installed in this server's Python, and Dask's configuration (cloudprovider.azure), the environment (AZURE_…, or a
        managed identity's), a sign-in of az or clusters of earlier say that there is one. True: always; the panel tells what
        is missing. False: never.""",
    ).tag(config=True)

    manager_class = Type(
        ClusterManager,
        klass=ClusterManager,
        help="The class of the cluster manager.",
    ).tag(config=True)

    at_stop = Dict(
        value_trait=Enum(["keep", "end"]),
        default_value=AT_STOP,
        help="""What becomes of the clusters when the Jupyter server stops, by kind of backend: "keep" or "end". A kind
        that is not named is as by default: clusters of a gateway and of own compute ("own") are kept, those on this
        machine ("local") end.""",
    ).tag(config=True)

    state_directory = Unicode(
        help="""Where is kept what must survive a restart of the server. Made private to the user; by default
        "pccompute" in Jupyter's data directory.""",
    ).tag(config=True)

    runtime_directory = Unicode(
        help="""Where the Dask Gateway on this machine keeps its files while it runs. Made private to the user; by
        default "pccompute" in Jupyter's runtime directory.""",
    ).tag(config=True)

    data_region = Unicode(
        DATA_REGION,
        help="""The region of Azure in which the data is that people here mostly read. The panel says for each backend
        whether it computes beside the data. By default that of the Planetary Computer's data; empty: say nothing.""",
    ).tag(config=True)

    regions = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="""The regions in which backends compute, by id of the backend, where the address does not name it. The gateway
        of Dask's configuration has the id "gateway".""",
    ).tag(config=True)

    metadata_url = Unicode(
        metadata.URL,
        help="""Where a machine of Azure is told in which region it is. It is asked once, in the background, for a second
        at most, and never through a proxy. Empty: it is not asked.""",
    ).tag(config=True)

    answer_within = Float(
        Timings.answer_within,
        min=0.1,
        help="""The longest, in seconds, that a request waits for a backend's answer to a change; after that it is
        answered with what is so, and the change goes on.""",
    ).tag(config=True)

    @default("state_directory")
    def _default_state_directory(self) -> str:
        return str(Path(self._server.data_dir) / "pccompute")

    @default("runtime_directory")
    def _default_runtime_directory(self) -> str:
        return str(Path(self._server.runtime_dir) / "pccompute")

    @validate("gateways")
    def _check_gateways(self, proposal: Any) -> Any:
        try:
            registry.read_gateways(proposal["value"])
        except ValueError as error:
            raise TraitError(f"ComputeApp.gateways: {error}") from None
        return proposal["value"]

    @validate("allowed_addresses")
    def _check_allowed_addresses(self, proposal: Any) -> Any:
        try:
            for pattern in proposal["value"] or ():
                check_pattern(pattern)
        except ValueError as error:
            raise TraitError(f"ComputeApp.allowed_addresses: {error}") from None
        return proposal["value"]

    @validate("other_backends")
    def _check_other_backends(self, proposal: Any) -> Any:
        try:
            registry.read_others(proposal["value"])
        except ValueError as error:
            raise TraitError(f"ComputeApp.other_backends: {error}") from None
        return proposal["value"]

    @validate("own_compute")
    def _check_own_compute(self, proposal: Any) -> Any:
        try:
            registry.read_own(proposal["value"])
        except ValueError as error:
            raise TraitError(f"ComputeApp.own_compute: {error}") from None
        return proposal["value"]

    @property
    def _server(self) -> ServerApp:
        assert self.serverapp is not None, "The extension is not linked to a server."
        return self.serverapp

    def initialize_settings(self) -> None:
        """Register the events, and prepare the manager without making it."""
        bus = self._server.event_logger
        assert bus is not None, "The server has made its event bus before it loads extensions."
        self._emitter = Emitter(bus, self.log)
        policy = AccessPolicy(self.user_gateways, self.allowed_addresses, self.allowed_auth_types, self.allowed_stores)
        kernels = KernelRunner(self._server.kernel_manager)
        self._access_setup = AccessSetup(Path(self.state_directory), policy, self.log, build=self._build_gateway, run_in_kernel=kernels)
        kinds = AT_STOP | self.at_stop
        self.lifecycle = Lifecycle(
            self._build_backends,
            self._make_manager,
            self.log,
            end_kinds=[kind for kind, what in kinds.items() if what == "end"],
        )

    def initialize_handlers(self) -> None:
        """Register the REST API."""
        self.dashboards = Dashboards(self.lifecycle.manager, self.log)
        services = Services(Handshake(version=__version__, capabilities=CAPABILITIES), self.lifecycle.manager, self._access)
        self.handlers.extend((route.pattern, route.handler, {"services": services}) for route in ROUTES)
        self.handlers.append((PATTERN, DashboardHandler, {"services": services, "dashboards": self.dashboards}))
        self.handlers.append((*FALLBACK, {"services": services}))

    async def _start_jupyter_server_extension(self, serverapp: ServerApp) -> None:
        """Take up at once what an earlier server left under way; otherwise wait for the first request."""
        if any(_holds_something(Path(directory)) for directory in (Path(self.state_directory, RECORDS), self.runtime_directory)):
            self.lifecycle.open()

    async def stop_extension(self) -> None:
        """End all that runs in the background."""
        await self.dashboards.close()
        await self.lifecycle.close()

    async def _build_backends(self) -> list[Backend]:
        plan = registry.Plan(
            local_directory=Path(self.runtime_directory),
            own_directory=Path(self.state_directory, OWN),
            configured_gateway=self.configured_gateway,
            gateways=registry.read_gateways(self.gateways),
            others=registry.read_others(self.other_backends),
            own=registry.read_own(self.own_compute),
            azure_subscription=self.azure_subscription,
            local_gateway=self.local_gateway,
            gateway_class=self.gateway_class,
            local_gateway_class=self.local_gateway_class,
        )
        return await self._access_setup.prepare(await registry.build(plan, self.log))

    async def _build_gateway(self, id: str, label: str, settings: GatewaySettings) -> Backend:
        return await registry.load(self.gateway_class, id, label, self.log, settings=settings)

    async def _access(self) -> Access:
        return self._access_setup.access(await self.lifecycle.manager())

    def _make_manager(self, backends: Sequence[Backend]) -> ClusterManager:
        return self.manager_class(
            backends,
            Records(Path(self.state_directory), self.log),
            self.log,
            on_cluster=self._emitter.cluster,
            on_backend=self._emitter.backend,
            starts=StartTimes(Path(self.state_directory, STARTS), self.log),
            find_users=KernelClients(self._server),
            regions=Regions(self.data_region, partial(metadata.region_of_this_machine, self.metadata_url, self.log), self.regions),
            timings=Timings(answer_within=self.answer_within),
        )


def _holds_something(directory: Path) -> bool:
    return directory.is_dir() and any(directory.iterdir())

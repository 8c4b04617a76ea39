"""The wire models: what the REST API takes and gives, field by field.

They are the single source of the JSON Schemas in the OpenAPI document and of the TypeScript types in ``src/_schema.ts``.
Nothing here is filled from a backend's raw report: a gateway's report also holds the cluster's TLS private key, so each public field is listed.

Conventions: times are timezone-aware UTC (ISO 8601 on the wire), sizes are bytes, ``None`` means "not known", never "zero".
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

ClusterState = Literal["pending", "running", "stopping", "stopped", "failed"]
BackendState = Literal["ready", "needs-credential", "unreachable", "unavailable"]
ScalingSource = Literal["scheduler", "set-here"]
RegionVerdict = Literal["same", "other", "unknown"]
LiveKind = Literal["stream", "http", "none"]
CredentialKind = Literal["token", "password"]
CredentialSource = Literal["environment", "keyring", "file", "session", "configuration"]

# Far above what any gateway allows, and low enough that a slip of the hand is caught before it is sent.
MAX_WORKERS = 10_000

WorkerCount = Annotated[int, Meta(ge=0, le=MAX_WORKERS, description="A number of workers.")]
ClusterId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$", description="Sixteen hexadecimal digits.")]
Label = Annotated[str, Meta(min_length=1, max_length=80, description="A display name, chosen by the user.")]


class Model(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the wire models: immutable and strict about unknown fields.

    ``kw_only`` is not inherited, and type checkers want ``frozen`` said again, so each model says both.
    """


# -- what the server tells ---------------------------------------------------------------------------------------------


class Handshake(Model, frozen=True, kw_only=True):
    """Version and capabilities; the front end compares them with its own at start."""

    version: str
    capabilities: list[str]


class CredentialStatus(Model, frozen=True, kw_only=True):
    """What may be known of the credential that a backend is shown; never the credential itself."""

    kind: Annotated[CredentialKind, Meta(description="What the backend wants.")]
    origin: Annotated[str, Meta(description="The only server that it is sent to: scheme, host and port.")]
    present: bool = False
    usable: Annotated[bool, Meta(description="False where it is missing, was refused or has expired.")] = False
    source: CredentialSource | None = None
    where: Annotated[str | None, Meta(description="Where it is kept, in words that follow 'kept in'.")] = None
    removable: Annotated[bool, Meta(description="Whether it can be deleted here: what the environment gives can't.")] = False
    user: Annotated[str | None, Meta(description="Whose it is, where that is known.")] = None
    scopes: Annotated[list[str] | None, Meta(description="What a hub's token may do, once the hub has said so.")] = None
    expires: Annotated[datetime | None, Meta(description="When it ends; null where that is not known, or never.")] = None
    expires_soon: Annotated[bool, Meta(description="Whether it ends within a day.")] = False
    token_page: Annotated[str | None, Meta(description="Where a person makes a new token.")] = None
    warning: Annotated[str | None, Meta(description="What a person should know of it, and what to do.")] = None


class Region(Model, frozen=True, kw_only=True):
    """Whether clusters compute beside the data. Nothing is guessed: what is not known is null."""

    here: Annotated[str | None, Meta(description="The region of the machine of this server.")] = None
    there: Annotated[str | None, Meta(description="The region in which the clusters run.")] = None
    data: Annotated[str, Meta(description="The region of the data, as this server is set.")]
    verdict: RegionVerdict
    text: Annotated[str, Meta(description="The same in words.")]


class Account(Model, frozen=True, kw_only=True):
    """With which sign-in clusters are made at a provider of machines; it is never entered here."""

    signed_in: Annotated[bool | None, Meta(description="null where that can't be told.")] = None
    method: Annotated[str | None, Meta(description="By what, where there is one.")] = None
    text: Annotated[str, Meta(description="The same in words, with what to do where it is missing.")]


class Backend(Model, frozen=True, kw_only=True):
    """A place where clusters run."""

    id: str
    kind: str
    label: str
    address: str | None
    state: BackendState
    reason: Annotated[str | None, Meta(description="Why the backend is not ready, and what to do.")] = None
    editable: Annotated[bool, Meta(description="Whether the user added it, and so can edit and forget it.")] = False
    credential: Annotated[CredentialStatus | None, Meta(description="null where it takes none that could be entered here.")] = None
    region: Annotated[Region | None, Meta(description="null where no region of the data is set.")] = None
    account: Annotated[Account | None, Meta(description="null where there is no such thing, and until it is known.")] = None
    finds_leftovers: Annotated[bool, Meta(description="Whether it can look for what clusters have left behind that nobody here knows of.")] = False


class BackendList(Model, frozen=True, kw_only=True):
    """Every configured backend, in the order of the configuration."""

    backends: list[Backend]


class OptionsPreset(Model, frozen=True, kw_only=True):
    """Values for a new cluster that an operator has given a name."""

    id: str
    label: str
    options: Annotated[dict[str, Any], Meta(description="A value for some of the properties; the others are as by default.")]


class OptionsForm(Model, frozen=True, kw_only=True):
    """What a backend lets its users choose for a new cluster."""

    schema: Annotated[
        dict[str, Any],
        Meta(
            description="A JSON Schema of type object, one property an option. It may have `x-warning`, a text to show while the value is not "
            "`x-expected`, and `x-depends`, the names of the options on whose values its offers depend."
        ),
    ]
    defaults: Annotated[dict[str, Any], Meta(description="A value for each property.")]
    limit: Annotated[int | None, Meta(description="The most workers that a cluster may have, where it is known.")] = None
    presets: list[OptionsPreset] = []


class Offers(Model, frozen=True, kw_only=True):
    """What there is to choose for a new cluster. These are suggestions: other values may be good too."""

    values: Annotated[dict[str, list[str]], Meta(description="By property of the form; those of which nothing is known are left out.")] = {}
    reason: Annotated[str | None, Meta(description="Why nothing, or not everything, could be found out, and what to do.")] = None


class Leftover(Model, frozen=True, kw_only=True):
    """What seems to be left of a cluster that nobody here knows of. It may be in use all the same, by somebody else or on another computer."""

    id: Annotated[str, Meta(description="Of what is left, for deleting it.")]
    cluster: Annotated[str, Meta(description="By which its resources are known.")]
    place: Annotated[str, Meta(description="Where they are, in words.")]
    resources: Annotated[list[str], Meta(description="Each in words.")]


class LeftoverList(Model, frozen=True, kw_only=True):
    """All that was found."""

    leftovers: list[Leftover]
    looked_into: Annotated[list[str], Meta(description="Where it was looked, in words.")] = []
    reason: Annotated[str | None, Meta(description="Why not everywhere, and what to do.")] = None


class Workers(Model, frozen=True, kw_only=True):
    """Counts of workers: ``requested`` is what the cluster wants, ``arriving`` what is wanted and not yet there."""

    ready: int | None = None
    arriving: int | None = None
    requested: int | None = None
    reason: Annotated[str | None, Meta(description="Why there are fewer than requested, as far as that is known.")] = None


class Memory(Model, frozen=True, kw_only=True):
    """The workers' memory in bytes, summed."""

    limit: int | None = None
    used: int | None = None


class Tasks(Model, frozen=True, kw_only=True):
    """Counts of tasks at the scheduler."""

    processing: int = 0
    waiting: int = 0
    erred: int = 0


class Scaling(Model, frozen=True, kw_only=True):
    """How a cluster's size is set, and by whom this is known."""

    mode: Literal["adaptive", "manual"]
    minimum: int | None = None
    maximum: int | None = None
    count: int | None = None
    limit: Annotated[int | None, Meta(description="The most workers that the backend allows, once it has said so.")] = None
    source: ScalingSource = "set-here"
    confirmed: Annotated[bool, Meta(description="False from the request until the backend has taken it.")] = True
    warning: Annotated[str | None, Meta(description="The backend's own words where it changed what was asked for.")] = None


class Idle(Model, frozen=True, kw_only=True):
    """Since when a cluster has had nothing to do, and when its backend will stop it for that."""

    since: Annotated[datetime | None, Meta(description="null while it has something to do.")] = None
    timeout: Annotated[float | None, Meta(description="How long its backend lets it be idle, in seconds; null: not known, or for ever.")] = None
    stops_at: Annotated[datetime | None, Meta(description="When its backend stops it, unless it gets something to do.")] = None


class Starting(Model, frozen=True, kw_only=True):
    """How the start of a cluster goes."""

    since: datetime
    usual_seconds: Annotated[float | None, Meta(description="What a start on this backend took of late (the median).")] = None


class ClientUse(Model, frozen=True, kw_only=True):
    """Somebody who is connected to a cluster."""

    label: Annotated[str, Meta(description="Who it is, for people.")]
    notebook: Annotated[str | None, Meta(description="Path of the notebook or console, where it is one of this server.")] = None
    kernel: Annotated[str | None, Meta(description="Id of the kernel, where it is one of this server.")] = None


class Cost(Model, frozen=True, kw_only=True):
    """What a cluster costs, estimated with the operator's prices."""

    per_hour: Annotated[float | None, Meta(description="With the workers that it has now.")] = None
    total: Annotated[float, Meta(description="Since its start.")]
    currency: str
    at: Annotated[datetime, Meta(description="Until when the total is.")]


class Live(Model, frozen=True, kw_only=True):
    """How fresh the figures are: pushed by the scheduler, asked for over HTTP, or not to be had (and why)."""

    kind: LiveKind = "none"
    reason: Annotated[str | None, Meta(description="Why it is not a stream, and what to do.")] = None
    connectable: Annotated[
        bool | None, Meta(description="Whether kernels here can connect to the scheduler; the reason says why not. null: not known.")
    ] = None


class Cluster(Model, frozen=True, kw_only=True):
    """The public model of a cluster."""

    id: ClusterId
    backend: str
    name: Annotated[str, Meta(description="A short form of the backend's name for it; the full name is a secret.")]
    label: str | None = None
    state: ClusterState
    reason: Annotated[str | None, Meta(description="Why it failed or stopped.")] = None
    created: datetime | None = None
    starting: Annotated[Starting | None, Meta(description="While it is pending.")] = None
    progress: Annotated[list[str], Meta(description="What is known of its start, the latest last; of one that failed, of its end.")] = []
    remains: Annotated[
        list[str],
        Meta(
            description="What is left of one that failed and may cost money; stopping it deletes that, and takes it off the list. Of one "
            "that is being stopped, what is still to be deleted."
        ),
    ] = []
    options: dict[str, Any] = {}
    workers: Workers = Workers()
    cores: float | None = None
    memory: Memory = Memory()
    tasks: Tasks | None = None
    scaling: Scaling | None = None
    idle: Idle | None = None
    cost: Annotated[Cost | None, Meta(description="null where no prices are known.")] = None
    clients: Annotated[int | None, Meta(description="How many are connected to it.")] = None
    used_by: Annotated[list[ClientUse], Meta(description="Those of them of whom more is known.")] = []
    dashboard: Annotated[str | None, Meta(description="URL of the dashboard, relative to the API's root.")] = None
    live: Live = Live()
    stale: Annotated[bool, Meta(description="True while the backend does not answer: these are the last known figures.")] = False


class BackendProblem(Model, frozen=True, kw_only=True):
    """Why a backend's clusters could not be listed."""

    backend: str
    code: str
    message: str


class ClusterList(Model, frozen=True, kw_only=True):
    """Every known cluster, and what is wrong with the backends that could not be asked."""

    clusters: list[Cluster]
    problems: list[BackendProblem]


class Error(Model, frozen=True, kw_only=True):
    """The body of every answer that is not a success."""

    message: str
    code: str
    detail: dict[str, Any] = {}


class ClusterEvent(Model, frozen=True, kw_only=True):
    """Data of the event ``cluster_status/v1``: a cluster as it is now, or the id of one that is no longer listed."""

    cluster: Cluster | None = None
    removed: ClusterId | None = None


class BackendEvent(Model, frozen=True, kw_only=True):
    """Data of the event ``backend_status/v1``: a backend as it is now, or the id of one that is no longer there."""

    backend: Backend | None = None
    removed: str | None = None


# -- what the server takes ---------------------------------------------------------------------------------------------


class Adaptive(Model, frozen=True, kw_only=True, tag_field="mode", tag="adaptive"):
    """Let the cluster grow and shrink with its work. There is always a maximum: an unbounded cluster costs real money."""

    minimum: WorkerCount = 0
    maximum: Annotated[int, Meta(ge=1, le=MAX_WORKERS, description="The most workers, at least 1.")]

    def __post_init__(self) -> None:
        check_bounds(self.minimum, self.maximum)


class Manual(Model, frozen=True, kw_only=True, tag_field="mode", tag="manual"):
    """A fixed number of workers."""

    count: WorkerCount


class CreateCluster(Model, frozen=True, kw_only=True):
    """A request for a new cluster.

    The client may choose the ``id``: then a request that is sent again gives the same cluster, never a second one.
    """

    backend: str
    id: ClusterId | UnsetType = UNSET
    options: dict[str, Any] = {}
    scaling: Adaptive | Manual | None = None
    label: Label | None = None


class OffersQuestion(Model, frozen=True, kw_only=True):
    """A question for what there is to choose, given what is chosen already."""

    options: dict[str, Any] = {}


class UpdateCluster(Model, frozen=True, kw_only=True):
    """What can be changed of a cluster's description; ``null`` takes the label away."""

    label: Label | None


class ScaleCluster(Model, frozen=True, kw_only=True):
    """A fixed number of workers."""

    count: WorkerCount


class AdaptCluster(Model, frozen=True, kw_only=True):
    """Bounds between which the scheduler chooses the number of workers."""

    minimum: WorkerCount = 0
    maximum: Annotated[int, Meta(ge=1, le=MAX_WORKERS, description="The most workers, at least 1.")]

    def __post_init__(self) -> None:
        check_bounds(self.minimum, self.maximum)


def check_bounds(minimum: int, maximum: int) -> None:
    """Raise ``ValueError`` (a validation error, when decoding) where the bounds cross."""
    if minimum > maximum:
        raise ValueError(f"The minimum ({minimum}) must not be above the maximum ({maximum})")

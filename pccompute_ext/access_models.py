"""The wire models of gateways that a user adds, of credentials, and of the connection doctor. Conventions as in :mod:`pccompute_ext.models`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from .models import CredentialKind, Label, Model

StoreKind = Literal["keyring", "file", "session"]
StepState = Literal["passed", "failed", "warning", "skipped"]

Address = Annotated[str, Meta(min_length=1, max_length=2000)]
OptionalText = Annotated[str, Meta(min_length=1, max_length=2000)] | None

# -- a user's own gateways ---------------------------------------------------------------------------------------------


class GatewayDefinition(Model, frozen=True, kw_only=True):
    """A Dask Gateway that a user adds. It holds no credential: that is given apart, once the gateway is there."""

    label: Label
    address: Annotated[str, Meta(min_length=1, max_length=2000, description="URL of the gateway.")]
    proxy_address: Annotated[OptionalText, Meta(description="Where schedulers are reached; by default host and port of the address.")] = None
    public_address: Annotated[OptionalText, Meta(description="URL of the gateway for browsers, where it is another.")] = None
    auth: Annotated[str, Meta(min_length=1, max_length=200, description="An id of `ConnectForm.auth_types`.")] = "jupyterhub"
    hub: Annotated[OptionalText, Meta(description="URL of the JupyterHub, for verifying tokens; by default as the address tells.")] = None
    image: Annotated[OptionalText, Meta(description="The image that new clusters have unless another is chosen.")] = None


class SaveGateway(GatewayDefinition, frozen=True, kw_only=True):
    """A request to add or change a gateway."""

    confirm_plain_http: Annotated[bool, Meta(description="Set after the person was asked: what is sent there could be read on the way.")] = False


class AuthType(Model, frozen=True, kw_only=True):
    """A way to authenticate at a gateway."""

    id: str
    title: str
    credential: Annotated[CredentialKind | None, Meta(description="What has to be entered for it.")]


class CredentialPlace(Model, frozen=True, kw_only=True):
    """A place where a credential could be kept, and if it can't be, why."""

    kind: StoreKind
    title: str
    where: str
    available: bool
    reason: str | None = None


class ConnectForm(Model, frozen=True, kw_only=True):
    """What may be chosen when a gateway is added or a credential is entered."""

    user_gateways: Annotated[bool, Meta(description="Whether users may add gateways here.")]
    allowed_addresses: Annotated[list[str] | None, Meta(description="Patterns of the addresses that may be added; null for any.")]
    auth_types: list[AuthType]
    places: Annotated[list[CredentialPlace], Meta(description="The allowed ones; the first available one is the default.")]


class PresetRequest(Model, frozen=True, kw_only=True):
    """The address of a hub, or of any page of it."""

    hub: Address


class Preset(Model, frozen=True, kw_only=True):
    """What a hub like the Planetary Computer's mostly has where; to be shown for editing."""

    label: str
    hub: str
    address: str
    proxy_address: str
    auth: str
    token_page: str
    scopes: Annotated[list[str], Meta(description="The least that a token needs.")]


# -- credentials -------------------------------------------------------------------------------------------------------


class PutCredential(Model, frozen=True, kw_only=True):
    """A credential that somebody entered. It is verified before it is kept."""

    value: Annotated[
        str,
        Meta(min_length=1, max_length=4096, description="The token or the password; never given back.", extra_json_schema={"writeOnly": True}),
    ]
    username: Annotated[OptionalText, Meta(description="With a password.")] = None
    store: Annotated[StoreKind | None, Meta(description="Where to keep it; by default the first place that can.")] = None
    confirm_plain_http: Annotated[bool, Meta(description="Set after the person was asked: what is sent there could be read on the way.")] = False

    def __repr__(self) -> str:
        return "PutCredential(…)"


# -- the doctor --------------------------------------------------------------------------------------------------------


class CheckRequest(Model, frozen=True, kw_only=True):
    """What to check besides the connection."""

    kernel: Annotated[str | None, Meta(description="Id of the running kernel whose versions are compared.")] = None


class CheckStep(Model, frozen=True, kw_only=True):
    """One step of a check."""

    id: str
    title: str
    state: StepState
    detail: Annotated[str, Meta(description="What was found; why it was skipped.")]
    advice: Annotated[str | None, Meta(description="What to do.")] = None
    milliseconds: int = 0


class CheckReport(Model, frozen=True, kw_only=True):
    """What a check found."""

    backend: str
    steps: list[CheckStep]
    text: Annotated[str, Meta(description="The same as text for support, without credentials and names of clusters.")]


class CheckLine(Model, frozen=True, kw_only=True):
    """A line of a check that tells as it goes: each step once it is done, and at the end the whole report."""

    step: CheckStep | None = None
    report: CheckReport | None = None


class VersionDifference(Model, frozen=True, kw_only=True):
    """A package that is not the same in a kernel and on a cluster; null where it is missing."""

    package: str
    kernel: str | None
    scheduler: str | None
    workers: Annotated[list[str | None], Meta(description="The versions of the workers, each once.")]
    matters: Annotated[bool, Meta(description="Whether it is known to break things.")]
    why: Annotated[str | None, Meta(description="What it breaks; null where it does not matter.")] = None
    advice: str


class VersionReport(Model, frozen=True, kw_only=True):
    """How the packages of a kernel differ from those of a cluster."""

    differences: Annotated[list[VersionDifference], Meta(description="Those that matter first.")]
    compared: Annotated[list[str], Meta(description="What could be looked at: kernel or server, scheduler, workers.")]
    problem: Annotated[str | None, Meta(description="Why not all of it could be.")] = None

"""The contract that every backend keeps.

The manager knows this and nothing else of a backend. Names given to and by a backend are the backend's own, full names of clusters; they are secrets
(a Dask Gateway serves a cluster's dashboard to whoever knows its name), so they stay out of messages, logs and ``repr``.

Every coroutine may raise the errors of :mod:`pccompute_ext.errors` and nothing else; a backend translates what its libraries raise.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final, Literal

from ..credentials import Credential, CredentialStore, Origin
from ..detail_models import LogList, WorkerInfo
from ..errors import Unavailable, WrongState
from ..models import (
    Account,
    BackendState,
    ClusterState,
    Cost,
    CredentialKind,
    CredentialStatus,
    Idle,
    LeftoverList,
    Live,
    Memory,
    Offers,
    OptionsForm,
    Tasks,
    Workers,
)
from ..region import region_in
from ..snippet_models import Snippet
from ..snippets.wanted import Wanted
from ..versions import ClusterVersions


@dataclass(frozen=True)
class Health:
    """Whether a backend can be used now, and if not, why and what to do."""

    state: BackendState
    reason: str | None = None


@dataclass(frozen=True)
class ClusterReport:
    """What a backend says of one of its clusters, without its figures."""

    name: str = field(repr=False)
    state: ClusterState
    reason: str | None = None
    created: datetime | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    dashboard: bool = False
    """Whether :meth:`Backend.dashboard` has one for it."""
    progress: tuple[str, ...] = ()
    """What the backend tells of its start, the latest last."""
    remains: tuple[str, ...] = ()
    """What is left of a failed one and may cost money, each in words. While there is any, the backend lists it, and stopping it deletes that."""
    deleting: tuple[str, ...] = ()
    """What is still to be deleted of one that is being stopped, each in words."""
    cost: Cost | None = None


@dataclass(frozen=True)
class ObservedScaling:
    """The bounds as the scheduler has them."""

    mode: Literal["adaptive", "manual"]
    minimum: int | None = None
    maximum: int | None = None
    count: int | None = None


@dataclass(frozen=True)
class Observation:
    """A running cluster's figures at one moment. ``None``: not to be had."""

    workers: Workers = Workers()
    cores: float | None = None
    memory: Memory = Memory()
    tasks: Tasks | None = None
    scaling: ObservedScaling | None = None
    idle: Idle | None = None
    clients: int | None = None
    client_ids: tuple[str, ...] = ()
    """As Dask has them; who they are is found out by :mod:`pccompute_ext.users`."""
    live: Live = Live()


@dataclass(frozen=True)
class Scaled:
    """A backend's answer to a change of scaling."""

    warning: str | None = None
    """In the backend's own words, where it did not do exactly what was asked for."""
    limit: int | None = None
    """The most workers that it allows, where the answer tells."""


@dataclass(frozen=True)
class DashboardTarget:
    """Where a cluster's dashboard is, for our proxy and for nobody else.

    Attributes
    ----------
    url
        The root below which the dashboard's own paths lie: http or https, without user and password.
    headers
        To be sent with every request.
    proxy
        URL of the HTTP proxy on the way there. It may hold a password.
    secret
        The part of the URL that must not be shown.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = field(default=None, repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class CredentialTarget:
    """What a person may enter for a backend, and for whom.

    Attributes
    ----------
    origin
        The only server that it is sent to.
    confirmed
        Whether nobody need be asked before it is sent without encryption: the address is from the administrator's or Dask's own configuration, or
        the person who entered it was asked then.
    """

    kind: CredentialKind
    origin: Origin
    confirmed: bool


BACKEND_ID: Final = re.compile(r"[a-z0-9-]+")
"""What a backend's id is made of: safe in a URL, and as the name of a directory."""


class Backend(ABC):
    """A place where clusters run.

    Attributes
    ----------
    id
        Stable across restarts; see :data:`BACKEND_ID`.
    label
        For people.
    editable
        Whether the user added it.
    runs_here
        Whether its clusters run on the machine of this server.
    listed_last
        Whether it comes after all others, also those that are added later.
    finds_leftovers
        Whether :meth:`leftovers` can look for what nobody here knows of.
    """

    kind: ClassVar[str]
    editable: bool = False
    runs_here: bool = False
    listed_last: bool = False
    finds_leftovers: bool = False

    def __init__(self, *, id: str, label: str) -> None:
        self.id = id
        self.label = label

    @property
    def address(self) -> str | None:
        """Where it is, for people; without user or password."""
        return None

    @property
    def region(self) -> str | None:
        """The region in which its clusters run, where it knows that; by default, where the address names it."""
        return region_in(self.address)

    @property
    def limit(self) -> int | None:
        """The most workers of one cluster, where it is known."""
        return None

    async def close(self, *, stop_clusters: bool) -> None:  # noqa: B027 -- a backend that holds nothing has nothing to do
        """Release everything; where asked, stop the clusters too. Must not raise for a backend that is gone."""

    @abstractmethod
    async def health(self) -> Health:
        """Look whether it can be used. Does not raise: what is wrong is the answer."""

    @abstractmethod
    async def options(self) -> OptionsForm:
        """The options for a new cluster."""

    @abstractmethod
    async def clusters(self) -> list[ClusterReport]:
        """The user's clusters that are pending, running or stopping, wherever they were made."""

    @abstractmethod
    async def create(self, options: Mapping[str, Any]) -> str:
        """Ask for a new cluster and return its name, without waiting for it to run.

        Raises
        ------
        Refused
            The options are not acceptable, in the backend's own words.
        """

    @abstractmethod
    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        """One cluster, in whatever state. With ``wait``, answer as soon as it is no longer pending, or after some seconds as it is then.

        Raises
        ------
        NotFound
            The backend does not know the name, or does not know it any more.
        """

    @abstractmethod
    async def scale(self, name: str, count: int) -> Scaled:
        """Ask for a fixed number of workers."""

    @abstractmethod
    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        """Let the cluster size itself between two bounds."""

    @abstractmethod
    async def stop(self, name: str) -> None:
        """Ask for a cluster's end. Stopping one that is gone is a success."""

    @abstractmethod
    async def observe(self, name: str) -> Observation:
        """A running cluster's figures now."""

    async def watch(self, name: str, interval: float = 2.0) -> AsyncIterator[Observation]:
        """A running cluster's figures now, and again whenever they may have changed, until the iterator is closed.

        The default asks every ``interval`` seconds; a backend that is told of changes overrides it.
        """
        while True:
            yield await self.observe(name)
            await asyncio.sleep(interval)

    @abstractmethod
    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        """Every way to use a cluster, or to make one, as code, the usual one first. Carries no secret but the cluster's name."""

    async def dashboard(self, name: str) -> DashboardTarget | None:
        """Where a running cluster's dashboard is; ``None`` where it has none, or the backend can't reach it."""
        return None

    async def workers(self, name: str) -> list[WorkerInfo]:
        """A running cluster's workers now.

        Raises
        ------
        Unavailable
            This backend can't tell.
        """
        raise Unavailable("The workers of this cluster can't be listed: its backend does not tell of them one by one.")

    async def logs(self, name: str, lines: int) -> LogList:
        """The last ``lines`` lines of each of a running cluster's logs.

        Raises
        ------
        Unavailable
            This backend has none.
        """
        raise Unavailable("The logs of this cluster can't be read: its backend does not give them.")

    async def versions(self, name: str) -> ClusterVersions:
        """What is installed on a running cluster.

        Raises
        ------
        Unavailable
            This backend can't tell.
        """
        raise Unavailable("What is installed on this cluster can't be told by its backend.")

    async def account(self) -> Account | None:
        """With which sign-in it makes clusters; ``None`` where there is no such thing. May take long: nobody waits for it."""
        return None

    async def offers(self, options: Mapping[str, Any]) -> Offers:
        """What there is to choose for a new cluster, given the values of some options. What can't be found out is a reason in the answer."""
        return Offers()

    async def leftovers(self) -> LeftoverList:
        """What clusters have left behind that this backend does not know of.

        Raises
        ------
        Unavailable
            This backend can't tell, or not now.
        """
        raise Unavailable("This backend can't look for what clusters have left behind.")

    async def take_leftover(self, id: str) -> ClusterReport:
        """Begin to delete what :meth:`leftovers` found under ``id``, and nothing else. Until it is gone it is one of the backend's clusters.

        Raises
        ------
        NotFound
            Nothing of it is left, or it belongs to a cluster that this backend knows.
        Unavailable
            This backend can't do that.
        """
        raise Unavailable("This backend can't delete what clusters have left behind.")

    def use_credentials(self, store: CredentialStore) -> None:  # noqa: B027 -- for a backend that takes none
        """Take from ``store`` what a person entered for this backend."""

    async def credential_target(self) -> CredentialTarget | None:
        """What may be entered; ``None`` where it takes nothing."""
        return None

    async def credential(self) -> CredentialStatus | None:
        """What may be told of the credential; ``None`` where it takes none that could be entered."""
        return None

    async def verify(self, credential: Credential) -> Credential:
        """Find out whether a credential that was entered is good, and return it with its user and its end, where known.

        Raises
        ------
        CredentialNeeded
            It is not good, or not for this.
        WrongState
            This backend takes none.
        """
        raise WrongState("This backend takes no credential that could be entered here.")


def in_order(backends: Iterable[Backend]) -> list[Backend]:
    """The backends as they are shown: each in its place, but those last that are to be ``listed_last``."""
    return sorted(backends, key=lambda backend: backend.listed_last)

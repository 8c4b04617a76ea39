"""Builds the backends that a deployment's configuration names.

Classes are named by path, so that nothing imports a backend before it is needed, and an operator can put another in its place.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ..errors import ComputeError
from ..tasks import describe_error
from .base import BACKEND_ID, Backend
from .calm_import import calmly_imported
from .gateway_settings import GatewaySettings, configured_address
from .local_machine import what_is_missing
from .own_azure import ID as AZURE_ID
from .own_azure import entries_of
from .own_entry import OwnEntry
from .own_entry import read_own as read_entries
from .own_former_entries import former_entries
from .own_known import check_entry
from .unavailable import UnavailableBackend

CONFIGURED_ID = "gateway"
LOCAL_ID = "local"

GATEWAY_CLASS = "pccompute_ext.backends.gateway.GatewayBackend"
LOCAL_CLASS = "pccompute_ext.backends.local.LocalBackend"
OWN_CLASS = "pccompute_ext.backends.own.OwnBackend"
MACHINE_CLASS = "pccompute_ext.backends.own_machine.MachineBackend"
FORMER_CLASS = "pccompute_ext.backends.own_former.FormerBackend"

MACHINE_LABEL = "This machine"


class GatewayEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Dask Gateway as an operator lists it. What is left out is as Dask's own configuration says."""

    address: str
    id: str | None = None
    label: str | None = None
    proxy_address: str | int | None = None
    public_address: str | None = None
    auth: str | None = None
    auth_kwargs: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"GatewayEntry(address={self.address!r})"

    @property
    def backend_id(self) -> str:
        """The ``id``, else the host and the path with dashes: the same after every restart."""
        parts = urlsplit(self.address)
        return self.id or re.sub(r"[^a-z0-9]+", "-", f"{parts.netloc.rpartition('@')[2]}{parts.path}".lower()).strip("-")

    @property
    def backend_label(self) -> str:
        """The ``label``, else the host."""
        return self.label or urlsplit(self.address).hostname or self.backend_id

    @property
    def settings(self) -> GatewaySettings:
        """What the backend takes."""
        return GatewaySettings(self.address, self.proxy_address, self.public_address, self.auth, self.auth_kwargs)


class OtherEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"class_path": "class"}):
    """A backend of another kind: the path of its class and what its constructor takes."""

    class_path: str
    id: str
    label: str
    kwargs: dict[str, Any] = {}


@dataclass(frozen=True)
class Plan:
    """Which backends there are, in the order in which they are shown."""

    local_directory: Path
    """Where the gateway on this machine keeps its files."""
    own_directory: Path
    """Where the supervisors of own clusters keep theirs."""
    configured_gateway: bool = True
    gateways: Sequence[GatewayEntry] = ()
    others: Sequence[OtherEntry] = ()
    own: Sequence[OwnEntry] = ()
    azure_subscription: bool | None = False
    """Whether the user's Azure subscription is offered where nothing is listed; ``None``: where it can be used here."""
    local_gateway: bool = True
    gateway_class: str = GATEWAY_CLASS
    local_gateway_class: str = LOCAL_CLASS


def read_gateways(listed: Iterable[Mapping[str, Any]]) -> list[GatewayEntry]:
    """Check what an operator listed.

    Raises
    ------
    ValueError
        An entry has an unknown or a missing key or a wrong type, or two have the same id.
    """
    entries = msgspec.convert(list(listed), list[GatewayEntry])
    check_ids([entry.backend_id for entry in entries])
    return entries


def read_others(listed: Iterable[Mapping[str, Any]]) -> list[OtherEntry]:
    """Check what an operator listed; raises like :func:`read_gateways`."""
    entries = msgspec.convert(list(listed), list[OtherEntry])
    check_ids([entry.id for entry in entries])
    return entries


def read_own(listed: Iterable[Mapping[str, Any]]) -> list[OwnEntry]:
    """Check what an operator listed; raises like :func:`read_gateways`."""
    entries = read_entries(listed)
    for entry in entries:
        check_entry(entry)
    check_ids([entry.id for entry in entries])
    return entries


def check_ids(ids: Sequence[str]) -> None:
    """Raise ``ValueError`` for an id that does not fit in a URL, is taken, or is there twice."""
    for backend_id in ids:
        if not BACKEND_ID.fullmatch(backend_id):
            raise ValueError(f"A backend's id holds lower-case letters, digits and dashes only, not {backend_id!r}")
        if backend_id in (CONFIGURED_ID, LOCAL_ID) or ids.count(backend_id) > 1:
            raise ValueError(f"The backend's id {backend_id!r} is taken: give each backend an id of its own")


async def build(plan: Plan, log: logging.Logger) -> list[Backend]:
    """Make the backends. What imports Dask is done in a thread.

    A backend that can't be loaded is replaced by one that says so.
    """
    built = []
    if plan.configured_gateway and await _has_own_configured_gateway(plan.gateways):
        built.append(await load(plan.gateway_class, CONFIGURED_ID, "Dask Gateway", log, settings=GatewaySettings()))
    for entry in plan.gateways:
        built.append(await load(plan.gateway_class, entry.backend_id, entry.backend_label, log, settings=entry.settings))
    for other in plan.others:
        built.append(await load(other.class_path, other.id, other.label, log, **other.kwargs))
    taken = {backend.id for backend in built}
    entries = await asyncio.to_thread(entries_of, plan.own, plan.azure_subscription, taken, plan.own_directory / AZURE_ID)
    for own in entries:
        built.append(await load(OWN_CLASS, own.id, own.label, log, entry=own, directory=plan.own_directory / own.id))
    offered = {own.id for own in entries}
    last = []
    if plan.local_gateway:
        if plan.local_gateway_class == LOCAL_CLASS and what_is_missing() is not None:
            # Where there can be no gateway, there are clusters without.
            last.append(await load(MACHINE_CLASS, LOCAL_ID, MACHINE_LABEL, log, directory=plan.own_directory / LOCAL_ID))
            offered.add(LOCAL_ID)
        else:
            last.append(await load(plan.local_gateway_class, LOCAL_ID, MACHINE_LABEL, log, directory=plan.local_directory))
    last += await _former(plan, offered, [*built, *last], log)
    for backend in last:
        # Who has a gateway elsewhere, a configured or an own one, wants that first.
        backend.listed_last = True
    return built + last


async def _former(plan: Plan, offered: set[str], others: Sequence[Backend], log: logging.Logger) -> list[Backend]:
    """What is not offered any more, and has clusters."""
    built: list[Backend] = []
    ids, labels = {backend.id for backend in others}, {backend.label for backend in others}
    for own in await asyncio.to_thread(former_entries, plan.own_directory, offered):
        id, label = own.id, own.label
        # Something else may have its id, or its name.
        while id in ids:
            id += "-former"
        if label in labels:
            label += " (former)"
        ids.add(id)
        labels.add(label)
        built.append(await load(FORMER_CLASS, id, label, log, entry=own, directory=plan.own_directory / own.id))
    return built


async def _has_own_configured_gateway(listed: Sequence[GatewayEntry]) -> bool:
    """Whether Dask's configuration names a gateway that is not listed anyway."""
    try:
        address = await configured_address()
    except ComputeError:
        # The configuration can't be read as it is. The backend says so itself, for everybody to see.
        return True
    return address is not None and address.rstrip("/") not in {entry.address.rstrip("/") for entry in listed}


async def load(path: str, id: str, label: str, log: logging.Logger, **arguments: Any) -> Backend:
    """Make a backend from the path of its class, in a thread. One that can't be loaded is replaced by one that says so."""
    try:
        return await asyncio.to_thread(_make, path, id=id, label=label, **arguments)
    except Exception as error:
        # Whatever an operator's class or a broken installation does, the other backends must work.
        log.error("The backend %r (%s) can't be loaded: %s", id, path, describe_error(error))
        reason = f"{label} can't be loaded ({type(error).__name__}). The log of the Jupyter server tells where."
        return UnavailableBackend(id=id, label=label, reason=reason)


def _make(path: str, **arguments: Any) -> Backend:
    module, _, name = path.rpartition(".")
    made: Backend = getattr(calmly_imported(module), name)(**arguments)
    return made

"""The resources of clusters of Dask Cloud Provider: found by their tags, told in words, and deleted in the order that Azure wants."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final

from .resource_manager import AzureRefused, ResourceManager, scope

log = logging.getLogger(__name__)

CLUSTER_ID: Final = re.compile(r"[0-9a-f]{8}")

_CREATOR: Final = {"creator": "dask-cloudprovider"}
_TAG: Final = "cluster-id"

_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Kind:
    """A kind of resource that the class makes."""

    path: str
    version: str
    name: str
    detail: Callable[[Mapping[str, Any]], Any]


DISK: Final = Kind("Microsoft.Compute/disks", "2024-03-02", "disk", lambda found: f"{found['diskSizeGB']} GB")

KINDS: Final = (
    Kind("Microsoft.Compute/virtualMachines", "2024-07-01", "virtual machine", lambda found: found["hardwareProfile"]["vmSize"]),
    DISK,
    Kind("Microsoft.Network/networkInterfaces", "2024-05-01", "network interface", lambda found: None),
    Kind("Microsoft.Network/publicIPAddresses", "2024-05-01", "public IP address", lambda found: found["ipAddress"]),
)
"""In the order in which they can be deleted: each is in use by one before it."""


@dataclass(frozen=True)
class Resource:
    """One of them."""

    id: str
    kind: Kind
    name: str
    cluster: str
    group: str
    subscription: str
    detail: str | None

    @property
    def words(self) -> str:
        """For people: ``virtual machine dask-1a2b3c4d-scheduler (Standard_D2s_v5)``."""
        return f"{self.kind.name} {self.name}" + (f" ({self.detail})" if self.detail else "")


def find(manager: ResourceManager, subscription: str, groups: Iterable[str | None]) -> list[Resource]:
    """Return the resources of all clusters, those of each kind after what uses them.

    Parameters
    ----------
    groups
        The resource groups to look into; ``None`` is the whole subscription.

    Raises
    ------
    AzureRefused
        It may not be read.
    """
    scopes = [scope(subscription, group) for group in groups]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        lists = pool.map(lambda asked: list(_of_kind(manager, subscription, *asked)), [(kind, path) for kind in KINDS for path in scopes])
        return [one for found in lists for one in found]


def _of_kind(manager: ResourceManager, subscription: str, kind: Kind, path: str) -> Iterator[Resource]:
    try:
        for found in manager.each(f"{path}/providers/{kind.path}", kind.version):
            if cluster := _cluster_of(found, kind):
                group = found["id"].split("/")[4]
                yield Resource(found["id"], kind, found["name"], cluster, group, subscription, _detail(kind, found.get("properties") or {}))
    except AzureRefused as refused:
        # Where the group is gone, so is all that was in it.
        if refused.code != "ResourceGroupNotFound":
            raise


def _cluster_of(found: Mapping[str, Any], kind: Kind) -> str | None:
    """To which cluster it belongs. Disks carry no tags: they are named after their machines."""
    tags: Mapping[str, str] = found.get("tags") or {}
    if tags.items() >= _CREATOR.items() and CLUSTER_ID.fullmatch(tags.get(_TAG, "")):
        return tags[_TAG]
    if kind is not DISK:
        # A machine may have such a name and be somebody's own.
        return None
    named = re.match(r"dask-([0-9a-f]{8})-(scheduler|worker-[0-9a-f]{8})(_|$)", found["name"])
    return named[1] if named else None


def _detail(kind: Kind, properties: Mapping[str, Any]) -> str | None:
    try:
        detail = kind.detail(properties)
    except (KeyError, TypeError):
        return None
    return None if detail is None else str(detail)


def delete(manager: ResourceManager, resources: Sequence[Resource]) -> None:
    """Delete all that can be deleted now. What is refused, such as what is still in use, is left for the next time.

    Raises
    ------
    AzureRefused
        The last refusal, if any.
    """
    refused: list[Exception] = []

    def done(step: Callable[[str, str], None], one: Resource) -> bool:
        try:
            step(one.id, one.kind.version)
        except Exception as error:
            log.warning("The %s could not be deleted: %s", one.words, error)
            refused.append(error)
            return False
        return True

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for kind in KINDS:
            of_kind = [one for one in resources if one.kind is kind]
            # All are on their way before any is waited for: a machine takes minutes.
            begun = list(pool.map(lambda one: done(manager.begin_to_delete, one), of_kind))
            list(pool.map(lambda one: done(manager.wait_until_gone, one), compress(of_kind, begun)))
    if refused:
        raise refused[-1]

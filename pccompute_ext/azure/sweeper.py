"""Deletes what a cluster leaves behind in a subscription."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from ..supervisor.sweeper import Sweeper
from . import resources
from .resource_manager import ResourceManager
from .resources import Resource

KEYS: Final = frozenset(("cluster-id", "resource-group", "subscription"))
"""What is in a handle."""


def handle_of(cluster: str, group: str, subscription: str) -> dict[str, str]:
    """By what the resources of a cluster are found."""
    return {"cluster-id": cluster, "resource-group": group, "subscription": subscription}


class AzureSweeper(Sweeper):
    """Knows a cluster's resources by the id in their tags, in the cluster's resource group."""

    settle: ClassVar[float] = 5.0

    def __init__(self) -> None:
        self._manager: ResourceManager | None = None

    def handle(self, cluster: Any) -> dict[str, str]:
        return handle_of(cluster.uuid, cluster.resource_group, cluster.subscription_id)

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        return [one.words for one in await asyncio.to_thread(self._find, handle)]

    async def delete(self, handle: Mapping[str, str]) -> None:
        await asyncio.to_thread(self._delete, handle)

    def _find(self, handle: Mapping[str, str]) -> list[Resource]:
        if not handle:
            # Nothing is made before it is known.
            return []
        found = resources.find(self._azure(), handle["subscription"], [handle["resource-group"]])
        return [one for one in found if one.cluster == handle["cluster-id"]]

    def _delete(self, handle: Mapping[str, str]) -> None:
        if found := self._find(handle):
            resources.delete(self._azure(), found)

    def _azure(self) -> ResourceManager:
        self._manager = self._manager or ResourceManager()
        return self._manager

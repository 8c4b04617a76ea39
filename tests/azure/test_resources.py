"""Which resources count as a cluster's: those are deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

from pccompute_ext.azure.resource_manager import ResourceManager
from pccompute_ext.azure.resources import find

TAGS = {"creator": "dask-cloudprovider", "cluster-id": "1a2b3c4d"}


class Subscription:
    """Has one resource."""

    def __init__(self, of_type: str, name: str, tags: Mapping[str, str] | None) -> None:
        self._type = of_type
        self._found = {"id": f"/subscriptions/s/resourceGroups/g/providers/{of_type}/{name}", "name": name, "tags": tags}

    def each(self, path: str, version: str) -> list[dict[str, Any]]:
        return [self._found] if path.endswith(self._type) else []


@pytest.mark.parametrize(
    ("of_type", "name", "tags", "cluster"),
    [
        ("virtualMachines", "dask-1a2b3c4d-scheduler", TAGS, "1a2b3c4d"),
        ("virtualMachines", "dask-1a2b3c4d-scheduler", None, None),
        ("virtualMachines", "dask-1a2b3c4d-scheduler", {**TAGS, "creator": "somebody"}, None),
        ("virtualMachines", "mine", {**TAGS, "cluster-id": "all"}, None),
        ("disks", "dask-1a2b3c4d-scheduler_OsDisk_1_0", None, "1a2b3c4d"),
        ("disks", "dask-1a2b3c4d-worker-00000001_OsDisk_1_0", None, "1a2b3c4d"),
        ("disks", "dask-1a2b3c4d-scheduler-backup", None, None),
        ("disks", "my-dask-1a2b3c4d-scheduler_OsDisk_1_0", None, None),
    ],
)
def test_what_belongs_to_a_cluster(of_type: str, name: str, tags: Mapping[str, str] | None, cluster: str | None) -> None:
    manager = cast(ResourceManager, Subscription(of_type, name, tags))
    assert [one.cluster for one in find(manager, "s", [None])] == ([cluster] if cluster else [])

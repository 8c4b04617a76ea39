"""Which resources count as a cluster's: those are deleted."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from azure.core.rest import HttpRequest

from pccompute_ext.azure.resource_manager import AzureRefused, ResourceManager
from pccompute_ext.azure.resources import KINDS, Resource, delete, find

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


@pytest.mark.parametrize(
    ("link", "goes_on"),
    [
        ("https://management.azure.com/next", True),
        ("https://MANAGEMENT.azure.com/next", True),
        ("https://management.azure.com:443/next", True),
        ("https://management.azure.com.example.org/next", False),
        ("https://management.azure.com@example.org/next", False),
        ("http://management.azure.com/next", False),
        ("https://management.azure.com:8443/next", False),
        ("/next", False),
    ],
)
def test_a_list_goes_on_only_where_it_began(monkeypatch: pytest.MonkeyPatch, link: str, goes_on: bool) -> None:
    manager = ResourceManager()
    asked: list[str] = []

    def send(request: HttpRequest, **_: Any) -> Any:
        asked.append(request.url)
        return SimpleNamespace(status_code=200, json=lambda: {"value": [{}], "nextLink": link} if len(asked) == 1 else {"value": [{}]})

    monkeypatch.setattr(manager._client, "send_request", send)
    if goes_on:
        assert list(manager.each("/first", "1")) == [{}, {}]
    else:
        with pytest.raises(AzureRefused, match="no sign-in is sent"):
            list(manager.each("/first", "1"))
        assert len(asked) == 1


def test_all_are_on_their_way_before_any_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    kind = KINDS[0]
    machines = [Resource(f"/{number}", kind, f"m{number}", "1a2b3c4d", "g", "s", None) for number in range(20)]
    steps: list[tuple[str, str]] = []

    class Manager:
        def begin_to_delete(self, id: str, version: str) -> None:
            steps.append(("begin", id))
            if id == "/7":
                raise AzureRefused(409, "InUse", "It is in use")

        def wait_until_gone(self, id: str, version: str) -> None:
            steps.append(("wait", id))

    with pytest.raises(AzureRefused, match="in use"):
        delete(cast(ResourceManager, Manager()), machines)
    assert [step for step, _ in steps] == ["begin"] * 20 + ["wait"] * 19
    assert ("wait", "/7") not in steps
    assert "virtual machine m7 could not be deleted" in caplog.text

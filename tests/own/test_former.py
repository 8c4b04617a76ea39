"""Clusters whose class an administrator has taken out of the configuration since."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from pccompute_ext.azure.form import CLASS
from pccompute_ext.backends import own_azure, registry
from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.backends.own_clusters import OwnClusters
from pccompute_ext.backends.own_former import FormerBackend
from pccompute_ext.backends.own_former_entries import only_as_offered_by_itself
from pccompute_ext.errors import Unavailable
from pccompute_ext.manager import ClusterManager
from pccompute_ext.models import CreateCluster, Manual
from pccompute_ext.records import Records
from pccompute_ext.snippets.wanted import Wanted
from pccompute_ext.supervisor.order import Order
from pccompute_ext.supervisor.state import State
from tests.backends.kit import gone, running, seen

LEFT = State(phase="orphaned", handle={"cluster-id": "1a2b3c4d"}, remains=("a disk",))
FAKE = "pccompute_ext.testing.fake_backend.FakeBackend"


async def built(own_directory: Path, **plan: Any) -> list[Backend]:
    defaults: dict[str, Any] = {"configured_gateway": False, "local_gateway": False}
    return await registry.build(registry.Plan(own_directory / "gateway", own_directory, **(defaults | plan)), logging.getLogger("test"))


def leave(own_directory: Path, entry: str, created: float = 0.0, **order: Any) -> None:
    """Leave something of a cluster behind."""
    name = f"{int(created):032x}"
    OwnClusters(own_directory / entry).adopt(name, Order(class_path=CLASS, created=created, **order), LEFT)


async def test_nothing_is_listed_where_nothing_is_left(tmp_path: Path) -> None:
    assert await built(tmp_path / "own") == []
    (tmp_path / "own" / "azure").mkdir(parents=True)
    (tmp_path / "own" / "Not an id").mkdir()
    (tmp_path / "own" / "file").touch()
    assert await built(tmp_path / "own") == []


async def test_what_is_left_is_listed_under_a_name_and_an_id_that_nobody_else_has(tmp_path: Path) -> None:
    for entry in ("azure", "fast", "fast-former", "kept"):
        leave(tmp_path, entry)
    leave(tmp_path, "local", label="Fast")
    others = registry.read_others([{"class": FAKE, "id": "fast", "label": "Fast"}])
    listed = registry.read_own([{"id": "kept", "label": "Kept", "class": "distributed.LocalCluster"}])
    backends = await built(tmp_path, others=others, own=listed)
    assert [(backend.id, backend.label) for backend in backends] == [
        ("fast", "Fast"),
        ("kept", "Kept"),
        ("azure", "azure"),
        ("fast-former", "fast"),
        ("fast-former-former", "fast-former"),
        ("local", "Fast (former)"),
    ]
    for backend in backends[2:]:
        assert isinstance(backend, FormerBackend)
        assert [cluster.remains for cluster in await backend.clusters()] == [("a disk",)]


async def test_what_its_administrator_had_set_stays_as_far_as_it_can(tmp_path: Path) -> None:
    leave(tmp_path, "slow", 1.0, workers=4, label="Older")
    leave(tmp_path, "slow", 2.0, workers=8, label="Slow", python=sys.executable, sweeper="site.Sweeper")
    (backend,) = await built(tmp_path)
    assert isinstance(backend, FormerBackend)
    assert (backend.label, backend.limit, backend.region) == ("Slow", 4, None)
    assert (backend.entry.python, backend.entry.sweeper) == (sys.executable, "site.Sweeper")
    # Its class could be used in a notebook, but nobody knows with what any more.
    assert [way.id for way in await backend.snippets(Wanted(cluster="0" * 32))] == ["connect"]
    leave(tmp_path, "slow", 3.0, python="/no/such/python")
    (backend,) = await built(tmp_path)
    # There is but that of the server.
    assert (cast(FormerBackend, backend).entry.python, backend.label) == (None, "slow")


async def test_what_can_not_be_read_hides_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    leave(tmp_path, "sound")
    leave(tmp_path, "broken")
    (order,) = (tmp_path / "broken").glob("*/order.json")
    order.write_text(json.dumps({"class_path": CLASS, "created": "long ago"}))
    leave(tmp_path, "broken", 2.0)
    assert [backend.id for backend in await built(tmp_path)] == ["sound"]
    assert "can't be read, so they are not listed" in caplog.text


async def test_only_a_subscription_that_was_offered_by_itself_is_offered_again(tmp_path: Path) -> None:
    leave(tmp_path, "azure", 1.0)
    assert only_as_offered_by_itself(tmp_path / "azure")
    leave(tmp_path, "azure", 2.0, workers=10)
    assert not only_as_offered_by_itself(tmp_path / "azure")


async def test_a_subscription_with_clusters_is_offered_without_its_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in own_azure._VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path))
    own = tmp_path / "own"
    assert await built(own, azure_subscription=None) == []
    leave(own, "azure")
    (backend,) = await built(own, azure_subscription=None)
    assert (backend.id, type(backend)) == ("azure", OwnBackend)
    (backend,) = await built(own, azure_subscription=False)
    assert (backend.id, type(backend)) == ("azure", FormerBackend)


@pytest.mark.integration
@pytest.mark.timeout(600)
async def test_a_cluster_that_runs_can_be_used_and_shut_down(own: OwnBackend, tmp_path: Path) -> None:
    name = await running(own)
    (former,) = await built(tmp_path)
    health = await former.health()
    assert (former.id, health.state) == ("own", "unavailable")
    assert "not offered on this server any more" in (health.reason or "")
    await former.scale(name, 1)
    await seen(former, name, lambda observation: observation.workers.ready == 1)
    assert [way.id for way in await former.snippets(Wanted(cluster=name))] == ["connect"]
    for refused in (former.options(), former.create({}), former.snippets(Wanted(None))):
        with pytest.raises(Unavailable, match="not offered"):
            await refused

    # As the panel shows it: with its figures, which are no old ones.
    log = logging.getLogger("test")
    manager = ClusterManager([former], Records(tmp_path / "state", log), log)
    await manager.start()
    try:
        (cluster,) = (await manager.clusters()).clusters
        assert (cluster.state, cluster.stale) == ("running", False)
        assert [backend.state for backend in (await manager.backends()).backends] == ["unavailable"]
        with pytest.raises(Unavailable, match="not offered"):
            await manager.create(CreateCluster(backend="own", scaling=Manual(count=0)))
        await manager.stop(cluster.id)
        await gone(former, name)
    finally:
        await manager.close()

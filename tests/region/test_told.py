"""The region in the REST API, in the events and in the check of a connection, with the metadata of a machine as Azure gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pccompute_ext.backends.base import Backend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.region import Regions
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api
from tests.doctor.kit import check, step
from tests.region.metadata_service import MetadataService, metadata_service


@pytest.fixture
def service() -> Iterator[MetadataService]:
    with metadata_service() as service:
        yield service


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any], service: MetadataService) -> dict[str, Any]:
    return jp_server_config | {"ComputeApp": {"metadata_url": service.url, "regions": {"far": "East US"}}}


@pytest.fixture
def backends() -> list[Backend]:
    here, far, unknown = FakeBackend("here"), FakeBackend("far"), FakeBackend("unknown")
    here.runs_here = True
    return [here, far, unknown]


async def told(api: Api) -> dict[str, tuple[str, str | None]]:
    answer = await api.request("GET", "backends")
    assert answer.status == 200, answer
    return {each["id"]: (each["region"]["verdict"], each["region"]["here"]) for each in answer.body["backends"]}


async def test_the_panel_is_told_and_nobody_waits_for_it(api: Api, service: MetadataService) -> None:
    service.answering.clear()
    assert await told(api) == {"here": ("unknown", None), "far": ("other", None), "unknown": ("unknown", None)}


async def test_it_is_asked_once(api: Api, service: MetadataService) -> None:
    manager = await api.app.lifecycle.manager()
    await manager.regions.look()
    for _ in range(2):
        assert await told(api) == {"here": ("same", "westeurope"), "far": ("other", "westeurope"), "unknown": ("unknown", "westeurope")}
    assert len(service.asked) == 1


async def test_the_check_of_a_connection_tells_it(jp_asyncio_loop: object) -> None:
    west = GatewaySettings(address="http://gateway.westeurope.cloudapp.azure.com.localhost")
    report = await check(west, regions=Regions("westeurope"))
    assert step(report, "region").state == "skipped", "The host is another."
    for region, state in (("West Europe", "passed"), ("eastus", "warning")):
        found = step(await check(west, regions=Regions("westeurope", stated={"checked": region})), "region")
        assert found.state == state
        assert "westeurope" in found.detail

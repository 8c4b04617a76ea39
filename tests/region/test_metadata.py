"""What is learned from the metadata service of this machine, and that nothing goes wrong where there is none."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator

import pytest

from pccompute_ext.region import Regions
from pccompute_ext.region.metadata import region_of_this_machine
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.region.metadata_service import INSTANCE, MetadataService, metadata_service

LOG = logging.getLogger("pccompute")


@pytest.fixture
def service() -> Iterator[MetadataService]:
    with metadata_service() as service:
        yield service


async def test_it_tells_the_region(jp_asyncio_loop: object, service: MetadataService) -> None:
    assert await region_of_this_machine(service.url, LOG) == "West Europe"
    assert service.asked == ["/metadata/instance/compute?api-version=2021-02-01"]


async def test_it_is_asked_directly(jp_asyncio_loop: object, service: MetadataService, monkeypatch: pytest.MonkeyPatch) -> None:
    with metadata_service() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert await region_of_this_machine(service.url, LOG) == "West Europe"
        assert proxy.asked == []


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b"{}", b'{"location": 1}', b'{"location": ""}', b"\xff", b"[" * 300_000],
    ids=["empty", "text", "list", "nothing", "number", "blank", "bytes", "long"],
)
async def test_an_answer_of_something_else(jp_asyncio_loop: object, service: MetadataService, body: bytes) -> None:
    service.body = body
    assert await region_of_this_machine(service.url, LOG) is None


async def test_a_refusal_and_a_redirect(jp_asyncio_loop: object, service: MetadataService) -> None:
    for service.status, service.headers in ((404, {}), (302, {"Location": "/elsewhere"})):
        assert await region_of_this_machine(service.url, LOG) is None
    assert len(service.asked) == 2, "A redirect is not followed."


async def test_no_answer(jp_asyncio_loop: object, service: MetadataService) -> None:
    service.answering.clear()
    assert await region_of_this_machine(service.url, LOG) is None


async def test_nobody_there(jp_asyncio_loop: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert await region_of_this_machine(f"http://127.0.0.1:{port}/", LOG) is None


async def test_switched_off(jp_asyncio_loop: object) -> None:
    assert await region_of_this_machine("", LOG) is None
    assert await region_of_this_machine("no address", LOG) is None


async def test_it_is_asked_once_and_only_where_somebody_wants_to_know(jp_asyncio_loop: object, service: MetadataService) -> None:
    async def look_up() -> str | None:
        return await region_of_this_machine(service.url, LOG)

    nobody = Regions("", look_up)
    await nobody.look()
    assert nobody.of(FakeBackend()) is None
    assert service.asked == []
    regions = Regions("westeurope", look_up)
    await regions.look()
    await regions.look()
    assert len(service.asked) == 1
    region = regions.of(FakeBackend())
    assert region is not None
    assert region.here == "westeurope"


async def test_nothing_else_of_the_answer_is_kept(jp_asyncio_loop: object, service: MetadataService, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert INSTANCE["subscriptionId"] in service.body.decode()
    await region_of_this_machine(service.url, LOG)
    service.body = json.dumps({"subscriptionId": INSTANCE["subscriptionId"]}).encode()
    await region_of_this_machine(service.url, LOG)
    assert INSTANCE["subscriptionId"] not in caplog.text

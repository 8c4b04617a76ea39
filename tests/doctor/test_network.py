"""Each thing that can be wrong between here and a gateway, at a server that is in that state."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.backends.ports import free_port
from pccompute_ext.credentials import Credential, Secret
from pccompute_ext.doctor import network
from pccompute_ext.doctor.steps import proxy
from tests.doctor.kit import answers, check, failures, serving, step, untrusted

PASSWORD = Credential(Secret("canary-of-a-password-3a90"), username="ann")

HEALTHY = {"health": {"status": "pass"}, "version": {"version": "2026.3.0"}, "options": {"cluster_options": []}, "clusters": {}}


def at(address: str, proxy_address: str | None = None) -> GatewaySettings:
    return GatewaySettings(address=address, proxy_address=proxy_address, auth="basic", entered=True)


async def test_settings_that_can_not_be_read(jp_asyncio_loop: object) -> None:
    report = await check(at("https://{NOT_SET_ANYWHERE}/"))
    assert "NOT_SET_ANYWHERE" in step(report, "settings").detail
    assert {each.state for each in report.steps if each.id not in ("settings", "versions-here", "versions-kernel")} == {"skipped"}


async def test_a_name_that_nobody_knows(jp_asyncio_loop: object) -> None:
    report = await check(at("https://no-such-host.invalid/services/dask-gateway"))
    assert step(report, "name").state == "failed"
    assert "no-such-host.invalid" in step(report, "name").detail
    assert step(report, "reach").state == "skipped"
    assert "Name of the gateway's host" in step(report, "reach").detail


async def test_nothing_listens(jp_asyncio_loop: object) -> None:
    report = await check(at(f"http://127.0.0.1:{free_port()}"))
    assert {"reach", "proxy"} <= failures(report)
    assert "nothing listens there" in step(report, "reach").detail
    assert step(report, "name").detail == "127.0.0.1 is an address, so no name has to be looked up."


async def test_a_name_that_is_known(jp_asyncio_loop: object) -> None:
    detail = step(await check(at(f"http://localhost:{free_port()}")), "name").detail
    assert detail.startswith("localhost is ")
    assert "127.0.0.1" in detail


async def test_a_port_that_swallows_what_is_sent(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "CONNECT_WITHIN", 0.3)
    monkeypatch.setattr(proxy, "GREET_WITHIN", 0.3)
    held: list[asyncio.StreamWriter] = []

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    silent = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    try:
        async with serving(answers(**HEALTHY)) as address:
            report = await check(at(address, f"gateway://127.0.0.1:{port}"), PASSWORD)
        assert step(report, "proxy").state == "passed"
        assert "says nothing" in step(report, "proxy-tls").detail
        report = await check(at(f"https://127.0.0.1:{port}"), PASSWORD)
        assert "Nothing answers" in step(report, "reach").detail
    finally:
        silent.close()
        for writer in held:
            writer.transport.abort()
        await silent.wait_closed()


async def test_a_certificate_that_nobody_trusts(jp_asyncio_loop: object, tmp_path: Path) -> None:
    async with serving(answers(**HEALTHY), untrusted(tmp_path)) as address:
        report = await check(at(address), PASSWORD)
    assert "certificate" in step(report, "reach").detail
    assert "SSL_CERT_FILE" in (step(report, "reach").advice or "")
    assert step(report, "gateway").state == "skipped"


async def test_no_encryption_where_there_should_be(jp_asyncio_loop: object) -> None:
    async with serving(answers(**HEALTHY)) as address:
        report = await check(at(address.replace("http:", "https:")), PASSWORD)
    assert "no TLS" in step(report, "reach").detail


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (web.Response(text="<html>Sign in", content_type="text/html"), "a web page"),
        (web.Response(status=404), "404"),
        (web.Response(status=401), "wants a credential"),
        (web.json_response({"version": "6.1.1"}), "not a Dask Gateway"),
        (web.json_response({"status": "fail"}), "not well"),
    ],
)
async def test_another_server_at_the_address(jp_asyncio_loop: object, answer: web.Response, words: str) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(body=answer.body, status=answer.status, content_type=answer.content_type)

    async with serving(handle) as address:
        report = await check(at(address), PASSWORD)
    assert step(report, "gateway").state == "failed"
    assert words in step(report, "gateway").detail


async def test_options_that_can_not_be_read(jp_asyncio_loop: object) -> None:
    async with serving(answers(**HEALTHY | {"options": {"what": "is this"}})) as address:
        report = await check(at(address), PASSWORD)
    assert step(report, "gateway").detail == "It is a Dask Gateway of version 2026.3.0."
    assert "can't be read" in step(report, "options").detail
    assert step(report, "clusters").state == "skipped"


async def test_the_port_of_the_schedulers_is_closed(jp_asyncio_loop: object) -> None:
    async with serving(answers(**HEALTHY)) as address:
        report = await check(at(address, f"gateway://127.0.0.1:{free_port()}"), PASSWORD)
        assert failures(report) == {"proxy"}
        assert "proxy address" in (step(report, "proxy").advice or "")
        report = await check(at(address, "gateway://no-such-host.invalid:8786"), PASSWORD)
        assert "no-such-host.invalid" in step(report, "proxy").detail


async def test_another_server_at_the_port_of_the_schedulers(jp_asyncio_loop: object, tmp_path: Path) -> None:
    async with serving(answers(**HEALTHY)) as address:
        # Without a proxy address it is taken to be at the same port.
        report = await check(at(address), PASSWORD)
        assert failures(report) == {"proxy-tls"}
        assert "speaks no TLS" in step(report, "proxy-tls").detail
        async with serving(answers(), untrusted(tmp_path)) as web_server:
            report = await check(at(address, web_server.replace("https", "gateway")), PASSWORD)
        assert "is a web server" in step(report, "proxy-tls").detail


async def test_a_dashboard_that_is_not_passed_on(jp_asyncio_loop: object) -> None:
    name = "0123456789abcdef0123456789abcdef"
    report = {
        "name": name,
        "status": "RUNNING",
        "start_time": 0,
        "options": {},
        "dashboard_route": f"/clusters/{name}/status",
        "tls_cert": None,
        "tls_key": None,
    }
    async with serving(answers(**HEALTHY | {"clusters": {name: report}, name: report})) as address:
        checked = await check(at(address), PASSWORD)
    assert step(checked, "dashboard").state == "warning"
    assert "can't be reached" in step(checked, "dashboard").detail
    assert name not in checked.text


async def test_the_region_is_told_only_where_the_name_tells_it(jp_asyncio_loop: object) -> None:
    report = await check(at("https://no-such-hub-at-all.westeurope.cloudapp.azure.com.invalid/"))
    assert step(report, "region").state == "skipped"


async def test_a_failure_of_the_check_itself_hides_nothing(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(network, "look_up", broken)
    monkeypatch.setattr("pccompute_ext.doctor.steps.address.look_up", broken)
    report = await check(at("http://localhost:1"))
    assert "The check itself failed (RuntimeError)" in step(report, "name").detail
    assert "secret words" not in report.text
    assert step(report, "versions-here").state == "passed"

"""What the tests of the connection check share."""

from __future__ import annotations

import datetime
import ipaddress
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pccompute_ext.access_models import CheckReport, CheckStep
from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.credentials import Credential, CredentialStore, Origin, SessionSource
from pccompute_ext.doctor import Doctor, RunInKernel
from pccompute_ext.region import Regions

LOG = logging.getLogger("pccompute")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def check(
    settings: GatewaySettings,
    credential: Credential | None = None,
    *,
    kernel: str | None = None,
    run_in_kernel: RunInKernel | None = None,
    regions: Regions | None = None,
) -> CheckReport:
    """Check a gateway with a credential that somebody entered for it."""
    store = CredentialStore([SessionSource()])
    if credential is not None:
        assert settings.address is not None
        await store.put(Origin.of(settings.address), credential)
    backend = GatewayBackend(id="checked", label="Checked", settings=settings)
    backend.use_credentials(store)
    try:
        report = await Doctor(LOG, run_in_kernel, regions).check(backend, kernel)
    finally:
        await backend.close(stop_clusters=False)
    assert_sound(report)
    if credential is not None:
        assert credential.secret.reveal() not in f"{report!r}{report.text}"
    return report


def assert_sound(report: CheckReport) -> None:
    """Every step says what it found, and what to do where something is wrong; the text tells all of it."""
    for step in report.steps:
        assert step.detail
        assert (step.advice is not None) == (step.state in ("failed", "warning")), step
        assert step.title in report.text


def step(report: CheckReport, id: str) -> CheckStep:
    return next(each for each in report.steps if each.id == id)


def failures(report: CheckReport) -> set[str]:
    return {each.id for each in report.steps if each.state == "failed"}


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A web server on loopback; its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    server = TestServer(app, host="127.0.0.1", scheme="https" if tls else "http")
    await server.start_server(shutdown_timeout=0.1, ssl=tls)
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.port}"
    finally:
        await server.close()


def answers(**by_end: Any) -> Handler:
    """A handler that answers with JSON by the last part of the path, and with 404 for the rest."""

    async def handle(request: web.Request) -> web.StreamResponse:
        last = request.path.rstrip("/").rpartition("/")[2]
        return web.json_response(by_end[last]) if last in by_end else web.Response(status=404)

    return handle


def untrusted(directory: Path) -> ssl.SSLContext:
    """TLS for a server with a certificate that nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = directory / "server.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context

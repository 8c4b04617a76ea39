"""Where a gateway is and how to authenticate, as ``dask_gateway`` itself has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dask.config
import dask_gateway
import pytest
from dask_gateway.auth import BasicAuth, GatewayAuth, JupyterHubAuth, KerberosAuth

from pccompute_ext.backends.gateway_settings import Endpoint, GatewaySettings, configured_address, default_options, resolve, without_credential
from pccompute_ext.errors import ComputeError, Unavailable

SECRET = "a-very-secret-value"


class OwnAuth(GatewayAuth):  # type: ignore[misc]
    """A deployment's own class."""

    def __init__(self, value: str = "") -> None:
        self.value = value


OWN = f"{OwnAuth.__module__}.OwnAuth"


@pytest.fixture(autouse=True)
def plain_configuration(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dask's configuration as it is installed, and none of the machine's proxies."""
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "JUPYTERHUB_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    defaults = next(default for default in dask.config.defaults if "gateway" in default)
    with dask.config.set(gateway=defaults["gateway"]):
        yield


async def error_of(settings: GatewaySettings) -> ComputeError:
    with pytest.raises(ComputeError) as raised:
        await resolve(settings)
    assert SECRET not in f"{raised.value!r} {settings!r}"
    return raised.value


@pytest.mark.parametrize(
    ("config", "settings"),
    [
        ({"gateway.address": "http://127.0.0.1:8000/services/dask-gateway/"}, {}),
        ({"gateway.address": "https://hub.example.org/services/dask-gateway"}, {}),
        ({"gateway.address": "http://hub", "gateway.proxy-address": "gateway://proxy:8786"}, {}),
        ({"gateway.address": "http://hub", "gateway.proxy-address": 8786}, {}),
        ({"gateway.address": "http://{WHERE}/{WHO}", "gateway.proxy-address": "tls://{WHERE}:1"}, {}),
        ({}, {"address": "https://host", "proxy_address": 4}),
        ({}, {"address": "http://host/x/", "proxy_address": "host:1"}),
    ],
)
async def test_the_addresses_are_those_of_dask_gateway(
    jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, config: dict[str, Any], settings: dict[str, Any]
) -> None:
    monkeypatch.setenv("WHERE", "there.example.org:81")
    monkeypatch.setenv("WHO", "ann")
    with dask.config.set(config):
        endpoint = await resolve(GatewaySettings(**settings))
        reference = dask_gateway.Gateway(**settings, asynchronous=True)
    assert (endpoint.address, endpoint.proxy_address) == (reference.address, reference.proxy_address)
    assert type(endpoint.auth) is type(reference.auth) is BasicAuth


async def test_the_scheduler_proxy_of_a_configured_gateway_is_not_taken_for_another(jp_asyncio_loop: object) -> None:
    with dask.config.set({"gateway.address": "http://a", "gateway.proxy-address": "gateway://a:1"}):
        assert (await resolve(GatewaySettings())).proxy_address == "gateway://a:1"
        assert (await resolve(GatewaySettings(address="https://b"))).proxy_address == "gateway://b:443"
        assert (await resolve(GatewaySettings(address="http://b:81"))).proxy_address == "gateway://b:81"


@pytest.mark.parametrize("kind", ["basic", "jupyterhub", "kerberos", OWN])
async def test_every_way_to_authenticate_from_dask_configuration(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv("SOME_VALUE", SECRET)
    argument = {"basic": "password", "jupyterhub": "api_token", OWN: "value"}.get(kind)
    kwargs = {argument: "{SOME_VALUE}"} if argument else {}
    for config, settings in (
        ({"gateway.auth.type": kind, "gateway.auth.kwargs": kwargs}, GatewaySettings(address="http://a")),
        ({}, GatewaySettings(address="http://a", auth=kind, auth_kwargs=kwargs)),
        ({"gateway.auth.type": kind}, GatewaySettings(address="http://a", auth_kwargs=kwargs)),
    ):
        with dask.config.set(config):
            auth = (await resolve(settings)).auth
        assert type(auth).__name__ == {"basic": BasicAuth, "jupyterhub": JupyterHubAuth, "kerberos": KerberosAuth, OWN: OwnAuth}[kind].__name__
        assert argument is None or getattr(auth, argument) == SECRET
        assert SECRET not in repr(settings)


async def test_the_hubs_own_token(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = GatewaySettings(address="http://a", auth="jupyterhub")
    endpoint = await resolve(settings)
    assert (endpoint.auth, endpoint.wants) == (None, "token"), "It has to be entered."
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", SECRET)
    assert (await resolve(settings)).auth.api_token == SECRET


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (GatewaySettings(), "No dask-gateway address"),
        (GatewaySettings(address="ftp://a"), "like https://host/path"),
        (GatewaySettings(address="a:80"), "like https://host/path"),
        (GatewaySettings(address="http://"), "like https://host/path"),
        (GatewaySettings(address="http://a:99999"), "can't be used"),
        (GatewaySettings(address="http://{NOT_SET_ANYWHERE}"), "NOT_SET_ANYWHERE"),
        (GatewaySettings(address="http://{"), "braces"),
        (GatewaySettings(address="http://a", auth="no.such.module.Class"), "can't be set up"),
        (GatewaySettings(address="http://a", auth="json.dumps"), "no way to authenticate"),
        (GatewaySettings(address="http://a", auth="nonsense"), "no way to authenticate"),
        (GatewaySettings(address="http://a", auth="basic", auth_kwargs={"wrong": SECRET}), "can't be set up"),
        (GatewaySettings(address="http://a", auth_kwargs={"password": "{NOT_SET_ANYWHERE}"}), "NOT_SET_ANYWHERE"),
    ],
)
async def test_what_can_not_be_used_is_told(jp_asyncio_loop: object, settings: GatewaySettings, words: str) -> None:
    error = await error_of(settings)
    assert isinstance(error, Unavailable)
    assert words in error.message


@pytest.mark.parametrize(
    ("config", "environment", "proxy"),
    [
        ({}, {}, None),
        ({}, {"http_proxy": "http://p:3128"}, "http://p:3128"),
        ({}, {"https_proxy": "http://p:3128"}, None),
        ({}, {"http_proxy": "http://p:3128", "no_proxy": ".example.org"}, None),
        ({"gateway.http-client.proxy": False}, {"http_proxy": "http://p:3128"}, None),
        ({"gateway.http-client.proxy": "http://u:{PROXY_PASSWORD}@q:1"}, {"PROXY_PASSWORD": SECRET}, f"http://u:{SECRET}@q:1"),
    ],
)
async def test_the_http_proxy(
    jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, config: dict[str, Any], environment: dict[str, str], proxy: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with dask.config.set(config):
        endpoint = await resolve(GatewaySettings(address="http://hub.example.org"))
    assert endpoint.proxy == proxy
    assert SECRET not in repr(endpoint)


async def test_the_configured_address_is_for_people(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await configured_address() is None
    monkeypatch.setenv("WHO", "ann")
    with dask.config.set({"gateway.address": f"http://{{WHO}}:{SECRET}@host:1/x"}):
        assert await configured_address() == "http://host:1/x"


async def test_the_default_options_of_dask_configuration(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_IMAGE", "base:3")
    with dask.config.set({"gateway.cluster.options": {"image": "{JUPYTER_IMAGE}", "worker_cores": 2}}):
        assert await default_options() == {"image": "base:3", "worker_cores": 2}
    with dask.config.set({"gateway.cluster.options": None}):
        assert await default_options() == {}


def test_reprs_hold_no_credential() -> None:
    shown = repr(GatewaySettings(address="http://a", auth_kwargs={"password": SECRET})) + repr(
        Endpoint("http://u:p@h", "gateway://h", SECRET, SECRET)
    )
    assert SECRET not in shown
    assert "u:p" not in shown
    assert without_credential("https://u:p@h:1/x") == "https://h:1/x"

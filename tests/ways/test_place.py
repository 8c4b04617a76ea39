"""What is known of a gateway's place: inside its hub, from where a person's browser looks, and from a laptop."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import dask.config
import dask_gateway  # noqa: F401 -- its defaults must not come later than what is set here
import pytest

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_place import is_inside
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.credentials.usual import usual_store
from pccompute_ext.models import Adaptive, Manual, Scaling
from pccompute_ext.snippet_models import Snippet
from pccompute_ext.snippets.names import Names
from pccompute_ext.snippets.wanted import Wanted, as_wanted

#: A gateway like that of the Planetary Computer's hub, as its servers have it.
ON_A_HUB = {
    "gateway.address": "http://proxy-public:80/services/dask-gateway/",
    "gateway.proxy-address": "gateway://traefik-dask-gateway.prod:80",
    "gateway.public-address": "/services/dask-gateway/",
    "gateway.auth.type": "jupyterhub",
    "gateway.cluster.options": {"image": "{JUPYTER_IMAGE}"},
}
HUB_ENVIRONMENT = {
    "JUPYTERHUB_API_TOKEN": "a-token",
    "JUPYTERHUB_SERVICE_PREFIX": "/user/ann@example.com/",
    "JUPYTERHUB_USER": "ann@example.com",
    "JUPYTER_IMAGE": "example.org/notebook:1",
}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*HUB_ENVIRONMENT, "JUPYTERHUB_PUBLIC_HUB_URL", "CODESPACES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def on_a_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in HUB_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with dask.config.set(ON_A_HUB):
        yield


async def ways(directory: Path, settings: GatewaySettings, wanted: Wanted) -> Mapping[str, Snippet]:
    backend = GatewayBackend(id="gateway", label="Gateway", settings=settings)
    backend.use_credentials(usual_store(directory, ["session"], logging.getLogger("test")))
    try:
        return {way.id: way for way in await backend.snippets(wanted)}
    finally:
        await backend.close(stop_clusters=False)


@pytest.mark.usefixtures("on_a_hub")
async def test_inside_a_hub_the_outside_is_where_the_browser_is(jp_asyncio_loop: object, tmp_path: Path) -> None:
    found = await ways(tmp_path, GatewaySettings(), Wanted("abc", origin="https://hub.example.com"))
    assert "GatewayCluster.from_name(" in found["connect"].code
    script = found["script"]
    assert '"https://hub.example.com/services/dask-gateway' in script.code
    assert "proxy-public" not in script.code
    assert "Inside the hub only, perhaps" in script.code, "This proxy address works inside only."
    assert [link.url for link in script.links] == ["https://hub.example.com/hub/token"]
    assert "https://hub.example.com/user/ann@example.com/" in found["vscode"].code
    assert "example.org/notebook:1" in found["docker"].code


@pytest.mark.usefixtures("on_a_hub")
async def test_a_hub_that_tells_its_public_address_is_believed(jp_asyncio_loop: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_PUBLIC_HUB_URL", "https://public.example.com/hub/")
    with dask.config.set({"gateway.public-address": None}):
        found = await ways(tmp_path, GatewaySettings(), Wanted(origin="http://10.0.0.1:8888"))
    assert '"https://public.example.com/services/dask-gateway' in found["script"].code


@pytest.mark.usefixtures("on_a_hub")
async def test_a_gateway_that_a_person_added_is_where_they_said(jp_asyncio_loop: object, tmp_path: Path) -> None:
    settings = GatewaySettings("https://other.example.com/services/dask-gateway", "gateway://other.example.com:8786", auth="jupyterhub", entered=True)
    found = await ways(tmp_path, settings, Wanted("abc", origin="https://hub.example.com"))
    assert "getpass(" in found["connect"].code, "Its token is kept nowhere."
    assert '"https://other.example.com/services/dask-gateway"' in found["script"].code
    assert "hub.example.com:" not in "".join(way.code for way in found.values()).replace("other.example.com:", "")
    assert "Inside the hub only" not in found["script"].code
    assert "user/YOUR-NAME/" in found["vscode"].code


async def test_passwords_and_classes_of_ones_own(jp_asyncio_loop: object, tmp_path: Path) -> None:
    basic = GatewaySettings("http://127.0.0.1:1", None, auth="basic", auth_kwargs={"username": "ann", "password": "hunter2"})
    found = await ways(tmp_path, basic, Wanted("abc"))
    assert list(found) == ["connect", "new-cluster", "script", "local"]
    lines = [line.strip() for line in found["script"].code.splitlines()]
    assert {'username="ann",', 'password=os.environ["DASK_GATEWAY__AUTH__KWARGS__PASSWORD"],'} <= set(lines)
    assert "hunter2" not in "".join(way.code for way in found.values())
    nobody = await ways(tmp_path, GatewaySettings("http://127.0.0.1:1", auth="basic", auth_kwargs={"username": "ann"}), Wanted("abc"))
    assert "shell-sh" in nobody, "It wants no password, so its environment can be told."
    own = await ways(tmp_path, GatewaySettings("http://127.0.0.1:1", auth="dask_gateway.auth.GatewayAuth"), Wanted("abc"))
    assert list(own) == ["connect", "new-cluster", "local"]


def test_hosts_that_only_neighbours_reach() -> None:
    assert all(is_inside(host) for host in ("proxy-public", "a.prod.svc", "a.b.svc.cluster.local", "10.0.0.1", "x.internal"))
    assert not any(is_inside(host) for host in ("hub.example.com", "127.0.0.1", "localhost", "20.50.2.1", "::1"))


def test_a_scaling_is_wanted_as_it_is_known() -> None:
    assert as_wanted(None) is None
    assert as_wanted(Scaling(mode="manual", count=2)) == Manual(count=2)
    assert as_wanted(Scaling(mode="adaptive", minimum=1, maximum=3)) == Adaptive(minimum=1, maximum=3)
    assert as_wanted(Scaling(mode="adaptive", maximum=3)) == Adaptive(minimum=0, maximum=3)
    assert as_wanted(Scaling(mode="adaptive", minimum=1)) is None
    assert as_wanted(Scaling(mode="manual")) is None


def test_names_are_numbered_from_two() -> None:
    names = Names(["client", "client_2", "gateway"])
    assert (names.of("client"), names.of("cluster"), names.of("gateway")) == ("client_3", "cluster", "gateway_2")

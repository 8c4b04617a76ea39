"""What is said of a backend: beside the data, elsewhere, or not known; never a guess."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pccompute_ext.backends.gateway import GatewayBackend
from pccompute_ext.backends.gateway_settings import GatewaySettings
from pccompute_ext.backends.local import LocalBackend
from pccompute_ext.models import Region
from pccompute_ext.region import Regions, normalised, region_in


@dataclass
class Place:
    """A backend as far as it matters here."""

    region: str | None = None
    id: str = "hub"
    runs_here: bool = False


@pytest.mark.parametrize("spelling", ["West Europe", "westeurope", "WestEurope", "west-europe", " west_europe "])
def test_spellings(spelling: str) -> None:
    assert normalised(spelling) == "westeurope"


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("https://pc.westeurope.cloudapp.azure.com/compute/services/dask-gateway", "westeurope"),
        ("https://PC.EastUS2.CloudApp.Azure.com.:443", "eastus2"),
        ("https://hub.hcp.northeurope.azmk8s.io", "northeurope"),
        ("https://westeurope.cloudapp.azure.com", None),
        ("https://hub.westeurope.cloudapp.azure.com.example.org", None),
        ("https://example.org/x.westeurope.cloudapp.azure.com", None),
        ("http://proxy-public/services/dask-gateway", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_the_region_in_an_address(address: str | None, region: str | None) -> None:
    assert region_in(address) == region


async def told(place: object, *, here: str | None = None, data: str = "West Europe", **stated: str) -> Region:
    async def look_up() -> str | None:
        return here

    regions = Regions(data, look_up, stated)
    await regions.look()
    found = regions.of(place)  # type: ignore[arg-type]
    assert found is not None
    return found


async def test_beside_the_data(jp_asyncio_loop: object) -> None:
    found = await told(Place("West Europe"))
    assert found == Region(here=None, there="westeurope", data="westeurope", verdict="same", text="The clusters run in westeurope, beside the data.")


async def test_elsewhere(jp_asyncio_loop: object) -> None:
    found = await told(Place("eastus"), here="North Europe")
    assert (found.verdict, found.here, found.there) == ("other", "northeurope", "eastus")
    assert "the data is in westeurope" in found.text
    assert "Results travel from there to northeurope." in found.text


async def test_not_known(jp_asyncio_loop: object) -> None:
    found = await told(Place(), here="westeurope")
    assert (found.verdict, found.there) == ("unknown", None), "Where this machine is says nothing of a gateway elsewhere."
    assert (await told(Place(runs_here=True))).verdict == "unknown"


async def test_on_this_machine(jp_asyncio_loop: object) -> None:
    found = await told(Place(runs_here=True), here="West Europe")
    assert (found.verdict, found.there) == ("same", "westeurope")
    assert "travel" not in found.text


async def test_what_an_administrator_says_counts_first(jp_asyncio_loop: object) -> None:
    assert (await told(Place("eastus"), hub="West Europe")).verdict == "same"
    assert (await told(Place(), hub="eastus")).verdict == "other"
    assert (await told(Place(id="another"), hub="eastus")).verdict == "unknown"


async def test_the_backends_say_where_they_are(jp_asyncio_loop: object, tmp_path: object) -> None:
    settings = GatewaySettings(address="https://pc.westeurope.cloudapp.azure.com/compute/services/dask-gateway")
    assert GatewayBackend(id="hub", label="Hub", settings=settings).region == "westeurope"
    assert LocalBackend.runs_here
    assert not GatewayBackend.runs_here

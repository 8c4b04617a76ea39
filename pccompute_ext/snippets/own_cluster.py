"""Ways 2 and 9: a new cluster of a class that an operator allows, made by the notebook itself."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ..azure.form import DATA_LOCATION, UBUNTU
from ..azure.versions import PINS
from ..region.names import normalised
from ..snippet_models import Snippet
from . import clusters
from .own_class import OwnClass
from .python import Bracketed, Expression, Source, call, literal
from .text import quoted
from .wanted import Wanted

_INSTALL: Final = f'pip install "dask-cloudprovider[azure]" {PINS}'


def own_cluster(made: OwnClass, wanted: Wanted) -> Snippet:
    """Make a cluster as it is chosen, with Dask's own words for it."""
    if made.is_azure:
        return _azure(made, wanted)
    return Snippet(
        id="new-cluster",
        title="Notebook, a new cluster",
        description="Makes a cluster like this each time the notebook runs. It ends with the kernel, and is not listed in the panel.",
        language="python",
        code=_code(made, wanted),
        names=wanted.names.left_behind,
    )


def _azure(made: OwnClass, wanted: Wanted) -> Snippet:
    # What is left empty is for the class to choose, but for these two: it has no place, and an old image.
    chosen = {name: value for name, value in made.arguments.items() if value not in (None, "", {}, [])}
    chosen = {"location": DATA_LOCATION, "vm_image": dict(UBUNTU), **chosen}
    comments = [
        "Once, in the kernel's environment:",
        _INSTALL,
        "Sign in before, in a terminal: az login. A service principal works too, by",
        "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET in the environment.",
        *_about_place(chosen.get("location"), made.data_region),
        "The machines cost money until cluster.close(). If the kernel is killed, they stay.",
    ]
    return Snippet(
        id="azure",
        title="Own Azure subscription",
        description="Makes a cluster of Azure machines each time the notebook runs. It is not listed in the panel: close it yourself.",
        language="python",
        code=_code(replace(made, arguments=chosen), wanted, *comments),
        names=wanted.names.left_behind,
    )


def _about_place(location: Any, data_region: str | None) -> list[str]:
    if data_region is None or not isinstance(location, str):
        return []
    if normalised(location) == normalised(data_region):
        return [f"The location {quoted(location)} is beside the data."]
    return [f"The data is in {quoted(data_region)}: reading it from elsewhere is slower and costs more."]


def _code(made: OwnClass, wanted: Wanted, *comments: str) -> str:
    module, _, cls = made.path.rpartition(".")
    cluster, client = wanted.names.of("cluster"), wanted.names.of("client")
    source = Source(wanted.names)
    source.imports(module, cls)
    source.imports("dask.distributed", "Client")
    source.comment(*(comment.replace("cluster.close()", f"{cluster}.close()") for comment in comments))
    if made.withheld:
        source.comment("The administrator also sets these, which are not for notebooks:", *(quoted(name) for name in made.withheld))
    arguments = {name: literal(value) for name, value in made.arguments.items()}
    if made.is_azure and made.subscribed and "subscription_id" not in arguments:
        # Without one, the class asks az for it.
        source.imports("os")
        arguments["subscription_id"] = f"os.environ[{quoted('AZURE_SUBSCRIPTION_ID')}]"
    source.assign(cluster, _call(cls, arguments))
    clusters.size(source, wanted.scaling)
    source.assign(client, call("Client", cluster))
    source.do(client)
    return source.text()


def _call(cls: str, arguments: Mapping[str, Expression]) -> Expression:
    if all(name.isidentifier() and not keyword.iskeyword(name) for name in arguments):
        return call(cls, **arguments)
    return call(cls, Bracketed("**{", [(f"{quoted(name)}: ", value) for name, value in arguments.items()], "}"))

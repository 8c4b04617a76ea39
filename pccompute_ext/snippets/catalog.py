"""Which ways in there are, and which of them a place has."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..snippet_models import Snippet
from .azureml import azureml
from .codespaces import codespaces
from .connect import connect
from .container import containers
from .dask_yaml import dask_yaml
from .local import local, new_local_cluster
from .new_cluster import new_cluster
from .opening import FromFile
from .own import own
from .own_class import OwnClass
from .own_cluster import own_cluster
from .place import GatewayPlace, Outside
from .script import script
from .shell import shells
from .vscode import vscode
from .wanted import Wanted

#: Every id of a way, in the order in which they are shown.
WAYS: Final = (
    "connect",
    "new-cluster",
    "script",
    "shell-sh",
    "shell-fish",
    "shell-powershell",
    "dask-yaml",
    "docker",
    "podman",
    "vscode",
    "codespaces",
    "azureml",
    "azure",
    "local",
)


def gateway_ways(place: GatewayPlace, wanted: Wanted) -> list[Snippet]:
    """Every way to a gateway that makes sense there."""
    ways = [connect(place.opening, wanted)] if wanted.cluster is not None else []
    ways.append(new_cluster(place.opening, wanted))
    if place.outside is not None:
        ways += _outside(place, place.outside, wanted)
    return [*ways, local(wanted)]


def machine_ways(connection: FromFile | None, wanted: Wanted) -> list[Snippet]:
    """The ways to the clusters on this machine, which nothing reaches from elsewhere.

    Parameters
    ----------
    connection
        Of the gateway on this machine; ``None`` while none runs, and so no cluster either.
    """
    ways = [connect(connection, wanted)] if connection is not None and wanted.cluster is not None else []
    return [*ways, new_local_cluster(wanted)]


def own_ways(connection: Path | None, made: OwnClass | None, wanted: Wanted) -> list[Snippet]:
    """The ways to the clusters of a class that an operator allows.

    Parameters
    ----------
    connection
        The private file of the cluster that is wanted; ``None``: there is no cluster yet.
    made
        ``None``: it is not known how to make another one.
    """
    ways = [own(connection, wanted)] if connection is not None else []
    if made is not None and made.is_for_kernels:
        ways.append(own_cluster(made, wanted))
    return ways


def _outside(place: GatewayPlace, outside: Outside, wanted: Wanted) -> list[Snippet]:
    ways = [script(place, outside, wanted)]
    if outside.auth == "basic":
        # A password in an environment variable would be read by Dask as a number where it looks like one.
        return ways
    chosen = wanted.options.get("image")
    image = chosen if isinstance(chosen, str) and chosen else place.image
    ways += [*shells(place, outside, wanted, image), dask_yaml(place, outside, image)]
    if outside.auth == "kerberos":
        # Tickets stay where they were made.
        return ways
    if image and not image.startswith("-"):
        # What looks like an option would be taken for one.
        ways += containers(place, outside, image)
    if place.hub is not None:
        ways.append(vscode(place.hub, wanted))
    if image:
        ways.append(codespaces(place, outside, image))
    ways.append(azureml(place, outside, image))
    return ways

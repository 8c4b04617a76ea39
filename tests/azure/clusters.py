"""What the tests of supervised clusters on the stand-in share."""

from __future__ import annotations

import json
from collections.abc import Callable

from pccompute_ext.backends.own import OwnBackend
from tests.backends.kit import until

from .stub.azure import Azure
from .stub.script import Hold

NOT_OURS = "c0ffee00"
"""A cluster that no server knows, of which something is left."""


def cluster_id(backend: OwnBackend, name: str) -> str:
    """What Azure's tags call a cluster."""
    handle = json.loads((backend._clusters.path(name) / "state.json").read_text())["handle"]
    return str(handle["cluster-id"])


async def seen_here(condition: Callable[[], object], what: str) -> None:
    """Wait until something is so that nobody need be asked for."""

    async def holds() -> object:
        return condition()

    await until(holds, what)


async def reached(hold: Hold) -> None:
    """Wait until a step has begun."""
    await seen_here(hold.reached.is_set, "a step to begin")


def ours(azure: Azure) -> list[str]:
    """What there is, but for what is nobody's."""
    others = azure.resources_of(NOT_OURS)
    return [one for one in azure.resources() if one not in others]

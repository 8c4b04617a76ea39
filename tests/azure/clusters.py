"""What the tests of supervised clusters on the stand-in share."""

from __future__ import annotations

import asyncio
import json

from pccompute_ext.backends.own import OwnBackend

from .stub.azure import Azure
from .stub.script import Hold

NOT_OURS = "c0ffee00"
"""A cluster that no server knows, of which something is left."""


def cluster_id(backend: OwnBackend, name: str) -> str:
    """What Azure's tags call a cluster."""
    handle = json.loads((backend._clusters.path(name) / "state.json").read_text())["handle"]
    return str(handle["cluster-id"])


async def reached(hold: Hold) -> None:
    """Wait until a step has begun."""
    async with asyncio.timeout(90):
        while not hold.reached.is_set():
            await asyncio.sleep(0.05)


def ours(azure: Azure) -> list[str]:
    """What there is, but for what is nobody's."""
    others = azure.resources_of(NOT_OURS)
    return [one for one in azure.resources() if one not in others]

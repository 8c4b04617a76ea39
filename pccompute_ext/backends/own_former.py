"""Clusters of a class that is not offered any more: they may run all the same, and cost money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..errors import Unavailable
from ..models import Account, OptionsForm
from ..snippet_models import Snippet
from ..snippets.catalog import own_ways
from ..snippets.wanted import Wanted
from ..supervisor.files import CONNECTION
from .base import Health
from .own import OwnBackend

_REASON: Final = (
    "It is not offered on this server any more. Its clusters are listed as long as there are any, so that they can be used and shut down. "
    "An administrator sets what is offered in the configuration."
)


class FormerBackend(OwnBackend):
    """All that can be done with clusters that are there; none can be made."""

    @property
    def region(self) -> str | None:
        # What was fixed for its clusters is not known any more.
        return None

    async def health(self) -> Health:
        return Health("unavailable", _REASON)

    async def account(self) -> Account | None:
        # It is for new clusters. Where a sweep lacks a sign-in, it says so itself.
        return None

    async def options(self) -> OptionsForm:
        raise Unavailable(_REASON)

    async def create(self, options: Mapping[str, Any]) -> str:
        raise Unavailable(_REASON)

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        if wanted.cluster is None:
            raise Unavailable(_REASON)
        return own_ways(self._clusters.path(wanted.cluster) / CONNECTION, None, wanted)

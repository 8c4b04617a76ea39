"""What stands in for a backend that can't be loaded: it is listed, says why, and hides no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from ..errors import Unavailable
from ..models import OptionsForm
from ..snippet_models import Snippet
from ..snippets.wanted import Wanted
from .base import Backend, ClusterReport, Health, Observation, Scaled


class UnavailableBackend(Backend):
    """A backend of any kind without its code.

    Parameters
    ----------
    reason
        Why it can't be used, and what to do.
    """

    kind = "unavailable"

    def __init__(self, *, id: str, label: str, reason: str) -> None:
        super().__init__(id=id, label=label)
        self.reason = reason

    async def health(self) -> Health:
        """Say why."""
        return Health("unavailable", self.reason)

    async def options(self) -> OptionsForm:
        """Refuse."""
        self._refuse()

    async def clusters(self) -> list[ClusterReport]:
        """Refuse."""
        self._refuse()

    async def create(self, options: Mapping[str, Any]) -> str:
        """Refuse."""
        self._refuse()

    async def describe(self, name: str, *, wait: bool = False) -> ClusterReport:
        """Refuse."""
        self._refuse()

    async def scale(self, name: str, count: int) -> Scaled:
        """Refuse."""
        self._refuse()

    async def adapt(self, name: str, minimum: int, maximum: int) -> Scaled:
        """Refuse."""
        self._refuse()

    async def stop(self, name: str) -> None:
        """Refuse."""
        self._refuse()

    async def observe(self, name: str) -> Observation:
        """Refuse."""
        self._refuse()

    async def snippets(self, wanted: Wanted) -> list[Snippet]:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Unavailable(self.reason)

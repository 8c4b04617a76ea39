"""Dask's adaptive scaling, with an end that is one. Imports Dask."""

from __future__ import annotations

from typing import Any

from distributed import Adaptive


class Adapting(Adaptive):
    """Does nothing more once it was stopped, not even what it was about to do: a fixed size that comes after it stays."""

    async def scale_up(self, n: Any) -> None:
        """Grow, unless it was stopped meanwhile."""
        if self.state == "running":
            await super().scale_up(n)  # type: ignore[no-untyped-call]

"""The names of variables in code for a notebook that may have some of them already."""

from __future__ import annotations

from collections.abc import Collection

from ..snippet_models import SnippetNames


class Names:
    """Names that do not clash.

    Parameters
    ----------
    taken
        The names that are in use already.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = frozenset(taken)

    def of(self, usual: str) -> str:
        """The usual name, or where that is taken the first of ``usual_2``, ``usual_3`` … that is not."""
        name, number = usual, 1
        while name in self._taken:
            number += 1
            name = f"{usual}_{number}"
        return name

    @property
    def left_behind(self) -> SnippetNames:
        """What the code is for."""
        return SnippetNames(cluster=self.of("cluster"), client=self.of("client"))

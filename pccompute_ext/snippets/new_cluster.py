"""Way 2: a notebook makes a cluster as it is chosen in the panel."""

from __future__ import annotations

from ..snippet_models import Snippet
from . import clusters
from .opening import Opening
from .python import Source
from .wanted import Wanted


def new_cluster(opening: Opening, wanted: Wanted) -> Snippet:
    """Make a cluster with these options and this size."""
    source = Source(wanted.names)
    clusters.create(source, opening, wanted)
    return Snippet(
        id="new-cluster",
        title="Notebook, a new cluster",
        description="Makes a cluster with these options and this size each time the notebook runs.",
        language="python",
        code=source.text(),
        names=wanted.names.left_behind,
    )

"""Way 1: a notebook connects to a cluster that runs."""

from __future__ import annotations

from ..snippet_models import Snippet
from . import clusters
from .opening import Opening
from .python import Source
from .wanted import Wanted


def connect(opening: Opening, wanted: Wanted) -> Snippet:
    """Connect to the cluster that is wanted."""
    assert wanted.cluster is not None, "There is nothing to connect to yet."
    source = Source(wanted.names)
    clusters.connect(source, opening, wanted.cluster)
    return Snippet(
        id="connect",
        title="Notebook, this cluster",
        description="Connects this notebook to the cluster: its computations then run there.",
        language="python",
        code=source.text(),
        names=wanted.names.left_behind,
    )

"""Which classes of clusters are not offered any more though there are clusters of theirs. Reads files: not for the event loop."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from .own_clusters import OwnClusters
from .own_entry import OwnEntry


def former_entries(directory: Path, offered: Collection[str]) -> list[OwnEntry]:
    """Return an entry for each; its id and label are the name of the directory in which its clusters are.

    Parameters
    ----------
    directory
        That of all entries.
    offered
        Ids of the entries that are.
    """
    if not directory.is_dir():
        return []
    former = [path for path in sorted(directory.iterdir()) if path.name not in offered and re.fullmatch(r"[a-z0-9-]+", path.name)]
    return [entry for path in former if (entry := _entry_of(path))]


def holds_clusters(directory: Path) -> bool:
    """Whether there is a cluster in the directory of an entry, or something is left of one."""
    return bool(OwnClusters(directory).all())


def _entry_of(directory: Path) -> OwnEntry | None:
    orders = [found.order for found in OwnClusters(directory).all()]
    if not orders:
        return None
    # What deletes them has to run in the Python that they were made with, as far as one can tell.
    newest = max(orders, key=lambda order: order.created)
    return OwnEntry(id=directory.name, label=directory.name, class_path=newest.class_path, python=newest.python, sweeper=newest.sweeper)

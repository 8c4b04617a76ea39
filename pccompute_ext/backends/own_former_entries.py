"""Which classes of clusters are not offered any more though there are clusters of theirs. Reads files: not for the event loop."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from ..azure.form import CLASS
from ..supervisor.order import Order
from .base import BACKEND_ID
from .own_clusters import OwnClusters
from .own_entry import Limits, OwnEntry

T = TypeVar("T")

log = logging.getLogger(__name__)


def former_entries(directory: Path, offered: Collection[str]) -> list[OwnEntry]:
    """Return an entry for each, as far as its clusters tell; its id is the name of the directory in which they are.

    Parameters
    ----------
    directory
        That of all entries.
    offered
        Ids of the entries that are.
    """
    inside = _read(directory, lambda: sorted(directory.iterdir()))
    former = [path for path in inside if path.name not in offered and BACKEND_ID.fullmatch(path.name)]
    return [_entry_of(path.name, orders) for path in former if (orders := _orders(path))]


def only_as_offered_by_itself(directory: Path) -> bool:
    """Whether there are clusters in the directory of an entry, all of the user's Azure subscription without anything that an administrator sets."""

    def is_such(order: Order) -> bool:
        return order.class_path == CLASS and not (order.python or order.sweeper or order.prices or order.workers)

    orders = _orders(directory)
    return bool(orders) and all(map(is_such, orders))


def _entry_of(id: str, orders: list[Order]) -> OwnEntry:
    newest = orders[-1]
    # What deletes them has to run in the Python that they were made with, if that is still there.
    python = newest.python if newest.python and shutil.which(newest.python) else None
    limits = [order.workers for order in orders if order.workers]
    return OwnEntry(
        id=id,
        label=newest.label or id,
        class_path=newest.class_path,
        python=python,
        sweeper=newest.sweeper,
        limits=Limits(workers=min(limits, default=None)),
    )


def _orders(directory: Path) -> list[Order]:
    """What the clusters in the directory of an entry were made by, the newest last."""
    return _read(directory, lambda: sorted((found.order for found in OwnClusters(directory).all()), key=lambda order: order.created))


def _read(directory: Path, read: Callable[[], list[T]]) -> list[T]:
    try:
        return read()
    except FileNotFoundError:
        return []
    except Exception:
        # Whatever is in there, it must not keep what is offered from being listed.
        log.exception("The clusters in %s can't be read, so they are not listed.", directory)
        return []

"""What code is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models import Adaptive, Manual, Scaling
from .names import Names


@dataclass(frozen=True)
class Wanted:
    """What code is asked for.

    Attributes
    ----------
    cluster
        The full name of the cluster to which it connects, a secret. ``None``: there is none yet, and the code makes one.
    options, scaling
        Of that cluster, or of the one that is to be made.
    names
        What its variables are called.
    origin
        Scheme, host and port under which the person's browser reaches this server, for code that runs elsewhere. ``None``: not known.
    """

    cluster: str | None = field(default=None, repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    scaling: Adaptive | Manual | None = None
    names: Names = field(default_factory=Names)
    origin: str | None = None


def as_wanted(scaling: Scaling | None) -> Adaptive | Manual | None:
    """How a cluster would have to be scaled to be like one that is known; ``None`` where that is not known well enough."""
    if scaling is None:
        return None
    if scaling.mode == "manual":
        return None if scaling.count is None else Manual(count=scaling.count)
    if not scaling.maximum or (scaling.minimum or 0) > scaling.maximum:
        return None
    return Adaptive(minimum=scaling.minimum or 0, maximum=scaling.maximum)

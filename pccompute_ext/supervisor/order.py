"""What a supervisor is to run; written by the Jupyter server before the supervisor is started, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from .files import ORDER, read_private, write_private


@dataclass(frozen=True)
class Order:
    """One cluster.

    Attributes
    ----------
    class_path
        Of the cluster's class, or of a function that makes one; from an operator's configuration, never from a browser.
    arguments
        What it is called with.
    options
        What the user chose, for people.
    created
        Seconds since the epoch.
    start_within
        Seconds after which a start is given up.
    idle_timeout
        Seconds after which a cluster that does nothing is closed; ``None``: never.
    sweeper
        Path of the class of :class:`~pccompute_ext.supervisor.sweeper.Sweeper` that deletes what the cluster leaves behind elsewhere.
    prices
        Per hour: of the ``scheduler`` and of each ``worker``, and their ``currency``.
    label
        Of the entry by which it was made, for people.
    python
        The interpreter that runs it; ``None``: that of the Jupyter server.
    workers
        The most that it may have; ``None``: as many as one likes. Kept by the Jupyter server.
    """

    class_path: str
    arguments: Mapping[str, Any] = field(default_factory=dict, repr=False)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    created: float = 0.0
    start_within: float = 600.0
    idle_timeout: float | None = None
    sweeper: str | None = None
    prices: Mapping[str, Any] = field(default_factory=dict)
    label: str | None = None
    python: str | None = None
    workers: int | None = None

    def write(self, directory: Path) -> None:
        """Write it into a cluster's directory."""
        write_private(directory / ORDER, asdict(self))

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read it; ``None`` where it is not there, or can't be read."""
        content = read_private(directory / ORDER)
        if content is None or not isinstance(content.get("class_path"), str):
            return None
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in content.items() if key in known})

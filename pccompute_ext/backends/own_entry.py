"""A class of cluster that an operator allows, as the configuration lists it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from ..models import OptionsPreset
from ..supervisor.order import Order

_PATH: Final = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$"


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cluster of an entry may do.

    Attributes
    ----------
    workers
        The most workers.
    start_within
        Seconds after which a start is given up.
    idle_timeout
        Seconds after which a cluster that does nothing is closed; ``None``: never.
    """

    workers: Annotated[int, Meta(ge=1)] | None = None
    start_within: Annotated[float, Meta(gt=0)] = 900.0
    idle_timeout: Annotated[float, Meta(gt=0)] | None = 1800.0


class Prices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cluster costs per hour: its scheduler, and each worker."""

    scheduler: Annotated[float, Meta(ge=0)] = 0.0
    worker: Annotated[float, Meta(ge=0)] = 0.0
    currency: str = "USD"


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"class_path": "class"}):
    """One class of cluster.

    Attributes
    ----------
    id, label
        Of the backend that offers it.
    class_path
        Of the class, or of a function that makes a cluster.
    form
        What users may choose: a JSON Schema for each argument, with ``type``, ``title``, ``default`` and, as needed, ``description``, ``minimum``,
        ``maximum`` or ``enum``. ``None``: everything that the class takes, as far as that can be told.
    defaults
        Arguments. Of those in the form, what it starts with; all others are always passed like that.
    limits
        What its clusters may do.
    python
        The interpreter that runs it; ``None``: the Jupyter server's own.
    prices
        Per hour, where they are known.
    sweeper
        Path of the class that deletes what a cluster leaves behind elsewhere, for classes that are not known here.
    presets
        Sets of values for the form, each with a name.
    """

    id: str
    label: str
    class_path: Annotated[str, Meta(pattern=_PATH)]
    form: dict[str, dict[str, Any]] | None = None
    defaults: dict[str, Any] = {}
    limits: Limits = Limits()
    python: str | None = None
    prices: Prices | None = None
    sweeper: Annotated[str, Meta(pattern=_PATH)] | None = None
    presets: list[OptionsPreset] = []

    def order(self, **of_the_cluster: Any) -> Order:
        """What a supervisor is told of a cluster of this entry."""
        return Order(
            class_path=self.class_path, label=self.label, python=self.python, sweeper=self.sweeper, workers=self.limits.workers, **of_the_cluster
        )

    def __repr__(self) -> str:
        return f"OwnEntry(id={self.id!r}, class_path={self.class_path!r})"


def read_own(listed: Iterable[Mapping[str, Any]]) -> list[OwnEntry]:
    """Check what an operator listed; whether the ids are good is for the registry to say.

    Raises
    ------
    ValueError
        An entry has an unknown or a missing key or a wrong type.
    """
    return msgspec.convert(list(listed), list[OwnEntry])

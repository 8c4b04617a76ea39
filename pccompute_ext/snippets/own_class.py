"""A class of cluster that an operator allows, as far as code may tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..azure.form import CLASSES

#: Of pccompute's own functions: they are called by its supervisor and by nothing else.
_OURS: Final = "pccompute_ext."

#: Arguments that say where, how large and with which packages. None of them can hold a password that somebody hid there.
_PUBLIC: Final = {
    "account",
    "dashboard_address",
    "docker_image",
    "host",
    "image",
    "interface",
    "location",
    "memory",
    "namespace",
    "project",
    "protocol",
    "queue",
    "resource_group",
    "scheduler_vm_size",
    "security_group",
    "subnet",
    "subscription_id",
    "vm_image",
    "vm_size",
    "vnet",
    "walltime",
    "worker_class",
    "worker_module",
}


@dataclass(frozen=True)
class OwnClass:
    """What makes a cluster as it is chosen.

    Attributes
    ----------
    path
        Of the class.
    arguments
        For it: what was chosen, and what the operator fixed and is nobody's secret.
    withheld
        Names of further arguments that the operator fixed. Notebooks are shared, and such a value may hold a password.
    data_region
        Where the data is, if the class can be told a place.
    subscribed
        Whether the environment names a subscription of Azure.
    """

    path: str
    arguments: Mapping[str, Any]
    withheld: tuple[str, ...] = ()
    data_region: str | None = None
    subscribed: bool = False

    @property
    def is_azure(self) -> bool:
        """Whether its machines are in a subscription of Azure."""
        return self.path in CLASSES

    @property
    def is_for_kernels(self) -> bool:
        """Whether a kernel can use it."""
        return not self.path.startswith(_OURS)


def is_public(name: str, value: Any) -> bool:
    """Whether an argument that an operator fixed may stand in a notebook: for a mapping, whether all that is in it may."""
    if name in _PUBLIC or value is None or isinstance(value, bool | int | float):
        return True
    return isinstance(value, Mapping) and all(is_public(inner, each) for inner, each in value.items())

"""What the kinds of resources have in common: the resource manager calls these while it holds the lock."""

from __future__ import annotations

from typing import Any

from .resources import Resource, Resources


class Kind:
    """A kind about which nothing is special.

    Attributes
    ----------
    type
        ``Microsoft.Network/networkInterfaces``.
    """

    type = ""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    def begin(self, resource: Resource) -> None:
        """Accept a new one, or refuse it; what its operation has yet to do is for :meth:`made`."""

    def made(self, resource: Resource) -> None:
        """Its operation has ended well."""
        resource.state = "Succeeded"

    def check_deletable(self, resource: Resource) -> None:
        """Refuse to delete what another resource holds."""

    def deleted(self, resource: Resource) -> None:
        """It is gone."""

    def shown(self, resource: Resource) -> dict[str, Any]:
        """What a client gets to see."""
        return resource.full()

"""All resources that exist, and the rules of who holds whom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from .web import Refusal, error

SUBSCRIPTION: Final = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"


@dataclass
class Resource:
    """One of them.

    Attributes
    ----------
    type
        ``Microsoft.Network/networkInterfaces``.
    rest
        What it has beside its properties, such as ``sku``.
    given
        Whether it belongs to the subscription as the tests find it.
    """

    id: str
    group: str
    type: str
    name: str
    location: str
    tags: dict[str, str]
    properties: dict[str, Any]
    rest: dict[str, Any] = field(default_factory=dict)
    given: bool = False

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2]

    @property
    def state(self) -> str:
        return str(self.properties.get("provisioningState"))

    @state.setter
    def state(self, state: str) -> None:
        self.properties["provisioningState"] = state

    def brief(self) -> dict[str, Any]:
        """As lists of resources of all kinds show it."""
        return {"id": self.id, "name": self.name, "type": self.type, "location": self.location, "tags": self.tags}

    def full(self) -> dict[str, Any]:
        return {**self.brief(), **self.rest, "properties": self.properties}


class Resources:
    """By id, in which Azure does not tell capitals from small letters."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._all: dict[str, Resource] = {}

    def add(self, resource: Resource) -> None:
        self._all[resource.id.lower()] = resource

    def remove(self, resource: Resource) -> None:
        self._all.pop(resource.id.lower(), None)

    def find(self, id: str) -> Resource | None:
        return self._all.get(id.lower())

    def get(self, id: str) -> Resource:
        """Return one, or refuse as Azure does."""
        if found := self.find(id):
            return found
        parts = id.split("/")
        what = "/".join(parts[6:])
        raise Refusal(
            error(
                404,
                "ResourceNotFound",
                f"The Resource '{what}' under resource group '{parts[4]}' was not found. "
                "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
            )
        )

    def all(self, *, of_type: str | None = None, group: str | None = None) -> list[Resource]:
        with self.lock:
            return [
                one
                for one in self._all.values()
                if (of_type is None or one.type.lower() == of_type.lower()) and (group is None or one.group.lower() == group.lower())
            ]

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.all())


def id_of(group: str, of_type: str, name: str) -> str:
    return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/{of_type}/{name}"


def require(content: dict[str, Any], *path: str) -> Any:
    """Return what a request must have; Azure refuses one without, and knows no names but its own."""
    found: Any = content
    for step in path:
        if not isinstance(found, dict) or found.get(step) in (None, {}, []):
            raise Refusal(error(400, "InvalidParameter", f"Required parameter '{'.'.join(path)}' is missing (null)."))
        found = found[step]
    return found

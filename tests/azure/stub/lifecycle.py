"""How resources are made and deleted: a request is accepted, and its operation ends later."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from .kinds import Kind
from .operations import PREEMPTED, Operation, Operations
from .resources import Resource, Resources, id_of
from .script import Fault, Hold, Script
from .web import Answer, Refusal


class Lifecycle:
    """Of all resources.

    Parameters
    ----------
    resources
        What exists.
    kinds
        The kinds about which something is special.
    script
        What a test has arranged.
    """

    def __init__(self, resources: Resources, kinds: list[Kind], script: Script) -> None:
        self._resources = resources
        self._kinds = {kind.type.lower(): kind for kind in kinds}
        self._script = script
        self._pending: dict[str, Operation] = {}
        self.operations = Operations()

    def shown(self, resource: Resource) -> dict[str, Any]:
        """What a client gets to see of it."""
        with self._resources.lock:
            # A copy, as the resource changes.
            return deepcopy(self._kind(resource.type).shown(resource))

    def put(self, group: str, of_type: str, name: str, content: dict[str, Any]) -> Answer:
        """Make one."""
        planned = self._planned(f"PUT {of_type.rpartition('/')[2]}")
        rest = {key: value for key, value in content.items() if key not in ("location", "tags", "properties")}
        properties = {**content.get("properties", {}), "provisioningState": "Creating"}
        id = id_of(group, of_type, name)
        resource = Resource(id, group, of_type, name, content.get("location", ""), content.get("tags", {}), properties, rest)
        kind = self._kind(of_type)
        with self._resources.lock:
            kind.begin(resource)
            self._resources.add(resource)
            operation, headers = self.operations.begin(of_type.partition("/")[0], resource.location)
            self._pending[id.lower()] = operation
            answer = Answer(201, self.shown(resource), headers)
        self._go_on(planned, operation, resource, lambda: kind.made(resource))
        return answer

    def delete(self, id: str) -> Answer:
        """Delete one; to delete what is not there is well too."""
        resource = self._resources.find(id)
        planned = None if resource is None else self._planned(f"DELETE {resource.kind}")
        with self._resources.lock:
            if resource is None or self._resources.find(id) is None:
                return Answer(204)
            kind = self._kind(resource.type)
            kind.check_deletable(resource)
            if pending := self._pending.pop(id.lower(), None):
                pending.fail(PREEMPTED)
            resource.state = "Deleting"
            operation, headers = self.operations.begin(resource.type.partition("/")[0], resource.location)

        def gone() -> None:
            self._resources.remove(resource)
            kind.deleted(resource)

        self._go_on(planned, operation, resource, gone)
        return Answer(202, None, headers)

    def _go_on(self, planned: Hold | Fault | None, operation: Operation, resource: Resource, do: Callable[[], None]) -> None:
        def finish() -> None:
            with self._resources.lock:
                operation.finish(do)

        match planned:
            case Hold():
                planned.then(finish)
            case Fault(answer):
                operation.fail(answer)
                resource.state = "Failed"
            case None:
                finish()

    def _planned(self, step: str) -> Hold | Fault | None:
        """What is arranged for a step; a fault that comes at once is raised."""
        match planned := self._script.take(step):
            case Fault(answer, late=False):
                raise Refusal(answer)
            case Hold(early=True):
                planned.wait()
                return None
        return planned

    def _kind(self, of_type: str) -> Kind:
        return self._kinds.get(of_type.lower()) or Kind(self._resources)

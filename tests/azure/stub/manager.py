"""management.azure.com: the resource manager, and what it lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from . import subscription
from .errors import EXPIRED, FORBIDDEN
from .lifecycle import Lifecycle
from .operations import HOST
from .resources import SUBSCRIPTION, Resource, Resources, id_of
from .script import Script
from .web import Answer, Refusal, Request, error

_PAGE: Final = 3
"""So few a page that whoever does not turn pages is found out."""


class ResourceManager:
    """Answers requests that carry a token.

    Parameters
    ----------
    resources
        What exists.
    lifecycle
        How that is made and deleted.
    script
        What a test has arranged.
    knows
        Whether a header has a token that the sign-in gave out.
    """

    def __init__(self, resources: Resources, lifecycle: Lifecycle, script: Script, knows: Callable[[str | None], bool]) -> None:
        self._resources = resources
        self._lifecycle = lifecycle
        self._script = script
        self._knows = knows
        self.closed: list[str] = []
        """Ids of other subscriptions that can be seen, and not looked into."""
        self.requests: list[str] = []
        """``PUT virtualMachines/name``, in their order, without those that only poll."""

    def __call__(self, request: Request) -> Answer:
        parts = [part for part in request.path.split("/") if part]
        if "operations" in parts:
            return self._lifecycle.operations.answer(parts[-1])
        if not self._knows(request.headers.get("Authorization")):
            return EXPIRED
        try:
            return self._route(request, parts)
        except Refusal as refusal:
            return refusal.answer

    def _route(self, request: Request, parts: list[str]) -> Answer:
        lowered = [part.lower() for part in parts]
        if lowered == ["subscriptions"]:
            self._script.arranged("GET subscriptions")
            return Answer(content={"value": [subscription.described(), *map(subscription.described, self.closed)]})
        if lowered[:1] != ["subscriptions"] or len(parts) < 2:
            return error(404, "NotFound", "There is no such thing.")
        if lowered[1] in self.closed:
            return FORBIDDEN
        if lowered[1] != SUBSCRIPTION:
            return error(404, "SubscriptionNotFound", f"The subscription '{parts[1]}' could not be found.")
        rest = parts[2:]
        if lowered[2:3] == ["resourcegroups"] and len(rest) > 2:
            self.requests.append(f"{request.method} {'/'.join(rest[4:] or rest[2:])}")
            return self._in_group(request, rest[1], rest[2:])
        self.requests.append(f"{request.method} {'/'.join(rest[-2:]) or 'subscription'}")
        self._script.arranged(f"{request.method} {rest[-1] if rest else 'subscription'}")
        return self._in_subscription(request, lowered[2:])

    def _in_subscription(self, request: Request, parts: list[str]) -> Answer:
        match parts:
            case []:
                return Answer(content=subscription.described())
            case ["locations"]:
                return self._page(request, subscription.locations())
            case ["resourcegroups"]:
                return self._page(request, [subscription.group(name) for name in subscription.GROUPS])
            case ["resourcegroups", name]:
                _check_group(name)
                return Answer(content=subscription.group(name))
            case ["resources"]:
                return self._page(request, [one.brief() for one in _filtered(request, self._resources.all())])
            case ["providers", "microsoft.compute", "locations", _, "vmsizes"]:
                return Answer(content={"value": subscription.sizes()})
            case ["providers", "microsoft.compute", "skus"]:
                wanted = re.search(r"location eq '([^']*)'", request.query.get("$filter", ""))
                return Answer(content={"value": subscription.skus(wanted[1] if wanted else None)})
            case ["providers", namespace, kind]:
                return self._page(request, [self._lifecycle.shown(one) for one in self._resources.all(of_type=f"{namespace}/{kind}")])
        return error(404, "InvalidResourceType", "The resource type could not be found.")

    def _in_group(self, request: Request, group: str, rest: list[str]) -> Answer:
        _check_group(group)
        match rest:
            case ["resources"]:
                self._script.arranged("GET resources")
                return self._page(request, [one.brief() for one in _filtered(request, self._resources.all(group=group))])
            case ["providers", namespace, kind]:
                self._script.arranged(f"{request.method} {kind}")
                found = self._resources.all(of_type=f"{namespace}/{kind}", group=group)
                return self._page(request, [self._lifecycle.shown(one) for one in found])
            case ["providers", namespace, kind, name]:
                return self._one(request, group, f"{namespace}/{kind}", name)
            case ["providers", namespace, kind, name, "subnets"]:
                self._script.arranged("GET subnets")
                return self._page(request, self._resources.get(id_of(group, f"{namespace}/{kind}", name)).properties["subnets"])
        return error(404, "InvalidResourceType", "The resource type could not be found.")

    def _one(self, request: Request, group: str, of_type: str, name: str) -> Answer:
        match request.method:
            case "GET":
                self._script.arranged(f"GET {of_type.rpartition('/')[2]}")
                return Answer(content=self._lifecycle.shown(self._resources.get(id_of(group, of_type, name))))
            case "PUT":
                return self._lifecycle.put(group, of_type, name, request.json())
            case "DELETE":
                return self._lifecycle.delete(id_of(group, of_type, name))
        return error(405, "MethodNotAllowed", f"{request.method} is not allowed here.")

    def _page(self, request: Request, items: list[Any]) -> Answer:
        begin = int(request.query.get("$skiptoken", "0"))
        content: dict[str, Any] = {"value": items[begin : begin + _PAGE]}
        if len(items) > begin + _PAGE:
            query = {**request.query, "$skiptoken": str(begin + _PAGE)}
            content["nextLink"] = f"https://{HOST}{request.path}?{'&'.join(f'{name}={quote(value)}' for name, value in query.items())}"
        return Answer(content=content)


def _check_group(name: str) -> None:
    if name.lower() not in subscription.GROUPS:
        raise Refusal(error(404, "ResourceGroupNotFound", f"Resource group '{name}' could not be found."))


def _filtered(request: Request, found: list[Resource]) -> list[Resource]:
    conditions = dict(re.findall(r"(tagName|tagValue|resourceType) eq '([^']*)'", request.query.get("$filter", "")))
    name, value, kind = (conditions.get(key) for key in ("tagName", "tagValue", "resourceType"))
    return [
        one
        for one in found
        if (name is None or name in one.tags)
        and (value is None or one.tags.get(name or "") == value)
        and (kind is None or one.type.lower() == kind.lower())
    ]

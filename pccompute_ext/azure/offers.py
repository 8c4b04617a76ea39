"""What there is to choose in a subscription."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from urllib.parse import quote

from .resource_manager import AzureRefused, ResourceManager, scope
from .subscription import subscription_of

_NETWORK: Final = "2024-05-01"


def offers(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by parameter, and why some could not be found out."""
    manager = ResourceManager()
    subscription = subscription_of(options, manager)
    base = scope(subscription)
    location = str(options.get("location") or "").lower().replace(" ", "")
    group = f"{scope(subscription, str(options.get('resource_group')))}/providers/Microsoft.Network"
    questions: dict[tuple[str, ...], Callable[[], list[str]]] = {
        ("location",): lambda: _names(manager.each(f"{base}/locations", "2022-12-01")),
        ("resource_group",): lambda: _names(manager.each(f"{base}/resourcegroups", "2021-04-01")),
    }
    if location:
        questions["vm_size", "scheduler_vm_size"] = lambda: _sizes(manager, base, location)
    if options.get("resource_group"):
        questions["vnet",] = lambda: _names(_in(location, manager.each(f"{group}/virtualNetworks", _NETWORK)))
        questions["security_group",] = lambda: _names(_in(location, manager.each(f"{group}/networkSecurityGroups", _NETWORK)))
        if options.get("vnet"):
            subnets = f"{group}/virtualNetworks/{quote(str(options['vnet']), safe='')}/subnets"
            questions["subnet",] = lambda: [str(one["id"]) for one in manager.each(subnets, _NETWORK)]
    values: dict[str, list[str]] = {}
    reasons: list[str] = []
    with ThreadPoolExecutor(len(questions)) as pool:
        asked = [(names, pool.submit(question)) for names, question in questions.items()]
        for names, answer in asked:
            try:
                values |= dict.fromkeys(names, answer.result())
            except AzureRefused as refused:
                # What was typed may not exist, yet: then there is nothing to offer.
                if refused.status != 404:
                    reasons.append(str(refused))
    return {"values": values, "reason": f"Azure does not tell everything that there is: {reasons[0]}" if reasons else None}


def _names(found: Any) -> list[str]:
    return sorted(str(one["name"]) for one in found)


def _in(location: str, found: Any) -> list[Any]:
    return [one for one in found if not location or str(one.get("location", "")).lower() == location]


def _sizes(manager: ResourceManager, base: str, location: str) -> list[str]:
    """Those that this subscription may use there."""
    quoted = location.replace("'", "''")
    query = {"$filter": f"location eq '{quoted}'"}
    found = manager.each(f"{base}/providers/Microsoft.Compute/skus", "2021-07-01", **query)
    return sorted(
        {
            str(one["name"])
            for one in found
            if one.get("resourceType") == "virtualMachines" and not any(each.get("type") == "Location" for each in one.get("restrictions") or ())
        }
    )

"""The subscription as the tests find it."""

from __future__ import annotations

from typing import Any, Final

from .resources import SUBSCRIPTION, Resource, Resources, id_of

GROUP: Final = "dask"
LOCATION: Final = "westeurope"
VNET: Final = "dask-vnet"
SECURITY_GROUP: Final = "dask-nsg"

GROUPS: Final = {GROUP: LOCATION, "climate": "northeurope", "empty": LOCATION}

LOCATIONS: Final = {"westeurope": "West Europe", "northeurope": "North Europe", "uksouth": "UK South"}

SIZES: Final = {"Standard_DS1_v2": 1, "Standard_D2s_v5": 2, "Standard_D4s_v5": 4, "Standard_D8s_v5": 8, "Standard_NC6s_v3": 6}
"""Cores by name."""

NOT_FOR_YOU: Final = "Standard_NC6s_v3"
"""A size that this subscription may not use."""


def furnish(resources: Resources) -> None:
    """Add what there is before anybody makes anything."""
    for group, location, vnet, security_group in ((GROUP, LOCATION, VNET, SECURITY_GROUP), ("climate", "northeurope", "sea", "sea-nsg")):
        id = id_of(group, "Microsoft.Network/virtualNetworks", vnet)
        subnets = [{"id": f"{id}/subnets/default", "name": "default", "properties": {"addressPrefix": "127.0.0.0/8"}}]
        networks: dict[str, Any] = {"addressSpace": {"addressPrefixes": ["127.0.0.0/8"]}, "subnets": subnets}
        rules: dict[str, Any] = {"securityRules": [], "defaultSecurityRules": []}
        for kind, name, properties in (("virtualNetworks", vnet, networks), ("networkSecurityGroups", security_group, rules)):
            of_type = f"Microsoft.Network/{kind}"
            resources.add(Resource(id_of(group, of_type, name), group, of_type, name, location, {}, {**properties}, given=True))


def described(id: str = SUBSCRIPTION) -> dict[str, Any]:
    return {"id": f"/subscriptions/{id}", "subscriptionId": id, "displayName": "Research" if id == SUBSCRIPTION else "Closed", "state": "Enabled"}


def locations() -> list[dict[str, Any]]:
    base = f"/subscriptions/{SUBSCRIPTION}/locations"
    return [{"id": f"{base}/{name}", "name": name, "displayName": shown, "metadata": {"regionType": "Physical"}} for name, shown in LOCATIONS.items()]


def group(name: str) -> dict[str, Any]:
    id = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}"
    return {
        "id": id,
        "name": name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": GROUPS[name],
        "properties": {"provisioningState": "Succeeded"},
    }


def sizes() -> list[dict[str, Any]]:
    return [{"name": name, "numberOfCores": cores, "memoryInMB": cores * 4096, "maxDataDiskCount": 4} for name, cores in SIZES.items()]


def skus(location: str | None) -> list[dict[str, Any]]:
    """With what may not be used, and why."""
    listed = []
    for place in LOCATIONS if location is None else [location]:
        for name, cores in SIZES.items():
            restriction = {"type": "Location", "values": [place], "reasonCode": "NotAvailableForSubscription"}
            listed.append(
                {
                    "resourceType": "virtualMachines",
                    "name": name,
                    "size": name.removeprefix("Standard_"),
                    "tier": "Standard",
                    "locations": [place],
                    "capabilities": [{"name": "vCPUs", "value": str(cores)}, {"name": "MemoryGB", "value": str(cores * 4)}],
                    "restrictions": [restriction] if name == NOT_FOR_YOU else [],
                }
            )
        listed.append({"resourceType": "disks", "name": "Premium_LRS", "locations": [place], "capabilities": [], "restrictions": []})
    return listed

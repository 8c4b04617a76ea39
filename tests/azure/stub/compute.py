"""Microsoft.Compute: virtual machines and their disks."""

from __future__ import annotations

import base64
import binascii
import secrets
import uuid
from collections.abc import Callable
from typing import Any

from .kinds import Kind
from .network import address_of
from .resources import Resource, Resources, id_of, require
from .subscription import SIZES
from .web import Refusal, error

_LONGEST_CUSTOM_DATA = 65535


class VirtualMachines(Kind):
    """A machine has its disk, and holds its network interfaces, from the moment it is accepted.

    Parameters
    ----------
    boot
        Starts what the custom data of a machine says, at an address.
    halt
        Ends it.
    """

    type = "Microsoft.Compute/virtualMachines"

    def __init__(self, resources: Resources, boot: Callable[[str, str, str], None], halt: Callable[[str], None]) -> None:
        super().__init__(resources)
        self._boot = boot
        self._halt = halt
        self.cores: int | None = None
        """How many the subscription may use; ``None``: as many as it likes."""

    def begin(self, resource: Resource) -> None:
        self._check_size(resource)
        custom_data = require(resource.properties, "osProfile", "customData")
        try:
            if len(base64.b64decode(custom_data, validate=True)) > _LONGEST_CUSTOM_DATA:
                raise Refusal(error(400, "InvalidParameter", "Custom data in OSProfile must not be larger than 65535 bytes."))
        except binascii.Error:
            raise Refusal(error(400, "InvalidParameter", "Custom data in OSProfile must be in Base64 encoding.")) from None
        for interface in self._interfaces(resource):
            if (holder := interface.properties.get("virtualMachine")) and holder["id"].lower() != resource.id.lower():
                raise Refusal(error(400, "NicInUse", f"Network Interface {interface.id} is used by existing resource {holder['id']}."))
            interface.properties["virtualMachine"] = {"id": resource.id}
        resource.properties["vmId"] = str(uuid.uuid4())
        self._add_disk(resource)

    def made(self, resource: Resource) -> None:
        super().made(resource)
        (interface, *_) = self._interfaces(resource)
        self._boot(resource.id, address_of(interface), resource.properties["osProfile"]["customData"])

    def deleted(self, resource: Resource) -> None:
        self._halt(resource.id)
        for interface in self.resources.all(of_type="Microsoft.Network/networkInterfaces"):
            if interface.properties.get("virtualMachine", {}).get("id", "").lower() == resource.id.lower():
                del interface.properties["virtualMachine"]
        disk = self.resources.find(resource.properties["storageProfile"]["osDisk"]["managedDisk"]["id"])
        if disk is not None:
            disk.rest.pop("managedBy", None)
            disk.properties["diskState"] = "Unattached"
            if resource.properties["storageProfile"]["osDisk"].get("deleteOption") == "Delete":
                self.resources.remove(disk)

    def shown(self, resource: Resource) -> dict[str, Any]:
        secret = ("adminPassword", "customData")
        profile = {name: value for name, value in resource.properties["osProfile"].items() if name not in secret}
        return {**resource.full(), "properties": {**resource.properties, "osProfile": profile}}

    def _interfaces(self, resource: Resource) -> list[Resource]:
        return [self.resources.get(require(one, "id")) for one in require(resource.properties, "networkProfile", "networkInterfaces")]

    def _check_size(self, resource: Resource) -> None:
        size = require(resource.properties, "hardwareProfile", "vmSize")
        if size not in SIZES:
            raise Refusal(error(400, "InvalidParameter", f"The value {size} provided for the VM size is not valid."))
        used = sum(SIZES[one.properties["hardwareProfile"]["vmSize"]] for one in self.resources.all(of_type=self.type) if one is not resource)
        if self.cores is not None and used + SIZES[size] > self.cores:
            raise Refusal(
                error(
                    409,
                    "OperationNotAllowed",
                    "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - "
                    f"Deployment Model: Resource Manager, Location: {resource.location}, Current Limit: {self.cores}, Current Usage: {used}, "
                    f"Additional Required: {SIZES[size]}, (Minimum) New Limit Required: {used + SIZES[size]}.",
                )
            )

    def _add_disk(self, resource: Resource) -> None:
        wanted = require(resource.properties, "storageProfile", "osDisk")
        name = f"{resource.name}_OsDisk_1_{secrets.token_hex(16)}"
        # Azure writes the group in capitals here, and gives the disk no tags.
        id = id_of(resource.group.upper(), "Microsoft.Compute/disks", name)
        properties = {"diskSizeGB": wanted.get("diskSizeGB"), "diskState": "Attached", "provisioningState": "Succeeded"}
        rest = {"managedBy": resource.id, "sku": {"name": "Premium_LRS", "tier": "Premium"}}
        self.resources.add(Resource(id, resource.group, "Microsoft.Compute/disks", name, resource.location, {}, properties, rest))
        wanted |= {"name": name, "managedDisk": {"id": id}}


class Disks(Kind):
    type = "Microsoft.Compute/disks"

    def check_deletable(self, resource: Resource) -> None:
        if holder := resource.rest.get("managedBy"):
            raise Refusal(error(409, "OperationNotAllowed", f"Disk {resource.name} is attached to VM {holder}."))

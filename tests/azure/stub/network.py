"""Microsoft.Network: public addresses and network interfaces. Each address is one of this machine's loopback."""

from __future__ import annotations

import secrets
import socket

from .kinds import Kind
from .resources import Resource, require
from .web import Refusal, error


def new_address() -> str:
    """An address that nobody uses: there are sixteen million, and Linux answers to all of them."""
    while True:
        address = f"127.{secrets.randbelow(200) + 20}.{secrets.randbelow(250) + 2}.{secrets.randbelow(250) + 2}"
        with socket.socket() as probe:
            if probe.connect_ex((address, 8786)):
                return address


class PublicAddresses(Kind):
    type = "Microsoft.Network/publicIPAddresses"

    def begin(self, resource: Resource) -> None:
        require(resource.properties, "publicIPAllocationMethod")
        require(resource.rest, "sku", "name")

    def made(self, resource: Resource) -> None:
        resource.properties["ipAddress"] = new_address()
        super().made(resource)

    def check_deletable(self, resource: Resource) -> None:
        if holder := resource.properties.get("ipConfiguration"):
            raise Refusal(
                error(
                    400,
                    "PublicIPAddressCannotBeDeleted",
                    f"Public IP address {resource.id} can not be deleted since it is still allocated to resource {holder['id']}. "
                    "In order to delete the public IP, disassociate/detach the Public IP address from the resource.",
                )
            )


class Interfaces(Kind):
    type = "Microsoft.Network/networkInterfaces"

    def begin(self, resource: Resource) -> None:
        for configuration in require(resource.properties, "ipConfigurations"):
            inner = require(configuration, "properties")
            vnet = require(inner, "subnet", "id").rpartition("/subnets/")[0]
            self.resources.get(vnet)
            configuration["id"] = f"{resource.id}/ipConfigurations/{configuration['name']}"
            inner |= {"privateIPAllocationMethod": "Dynamic", "primary": True}
            if public := inner.get("publicIPAddress"):
                address = self.resources.get(public["id"])
                address.properties["ipConfiguration"] = {"id": configuration["id"]}
                # This machine has no way from one of its addresses to another.
                inner["privateIPAddress"] = address.properties["ipAddress"]
            else:
                inner["privateIPAddress"] = new_address()
        self.resources.get(require(resource.properties, "networkSecurityGroup", "id"))

    def check_deletable(self, resource: Resource) -> None:
        if holder := resource.properties.get("virtualMachine"):
            raise Refusal(
                error(
                    400,
                    "NicInUse",
                    f"Network Interface {resource.id} is used by existing resource {holder['id']}. In order to delete the network interface, "
                    "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
                )
            )

    def deleted(self, resource: Resource) -> None:
        for configuration in resource.properties["ipConfigurations"]:
            if (public := configuration["properties"].get("publicIPAddress")) and (address := self.resources.find(public["id"])):
                address.properties.pop("ipConfiguration", None)


def address_of(interface: Resource) -> str:
    return str(interface.properties["ipConfigurations"][0]["properties"]["privateIPAddress"])

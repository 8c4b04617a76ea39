"""What a user may choose for a cluster of virtual machines. Data alone: the Jupyter server imports it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

CLASS: Final = "dask_cloudprovider.azure.AzureVMCluster"
CLASSES: Final = (CLASS, "dask_cloudprovider.azure.azurevm.AzureVMCluster")
"""The paths by which it can be imported."""

DATA_LOCATION: Final = "westeurope"

UBUNTU: Final[Mapping[str, str]] = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}
"""The class's own default, Ubuntu 18.04, is out of support, and so gets no security updates."""

_TEXTS: Final = {"type": "object", "additionalProperties": {"type": "string"}}

FORM: Final[Mapping[str, Mapping[str, Any]]] = {
    "location": {
        "type": "string",
        "title": "Location",
        "description": "The Azure region of the machines.",
        "default": DATA_LOCATION,
        "minLength": 1,
        "x-expected": DATA_LOCATION,
        "x-warning": "The Planetary Computer's data is in westeurope: from elsewhere, reading it takes longer and may cost more.",
        "x-depends": ["subscription_id"],
    },
    "resource_group": {
        "type": "string",
        "title": "Resource group",
        "description": "In which the machines are made. It must exist.",
        "default": "",
        "minLength": 1,
        "x-depends": ["subscription_id"],
    },
    "vnet": {
        "type": "string",
        "title": "Virtual network",
        "description": "The network of the machines, in that resource group and location. It must exist.",
        "default": "",
        "minLength": 1,
        "x-depends": ["subscription_id", "resource_group", "location"],
    },
    "security_group": {
        "type": "string",
        "title": "Network security group",
        "description": "Their firewall, in that resource group and location. It must let ports 8786 and 8787 in from here, and from nowhere else.",
        "default": "",
        "minLength": 1,
        "x-depends": ["subscription_id", "resource_group", "location"],
    },
    "vm_size": {
        "type": "string",
        "title": "Size of a worker's machine",
        "description": "Its processors, memory and price.",
        "default": "Standard_DS1_v2",
        "minLength": 1,
        "x-depends": ["subscription_id", "location"],
    },
    "scheduler_vm_size": {
        "type": "string",
        "title": "Size of the scheduler's machine",
        "description": "Left empty, that of a worker's.",
        "default": "",
        "x-depends": ["subscription_id", "location"],
    },
    "docker_image": {
        "type": "string",
        "title": "Docker image",
        "description": "With the same versions of Python, Dask and the packages that you use as here.",
        "default": "daskdev/dask:latest",
        "minLength": 1,
    },
    "env_vars": {
        **_TEXTS,
        "title": "Environment variables",
        "description": "For the scheduler and the workers. They can be read by whoever may see the machines in the subscription.",
        "default": {},
    },
    "disk_size": {
        "type": "integer",
        "title": "Disk of a machine (GB)",
        "description": "It must hold the system and the Docker image.",
        "default": 50,
        "minimum": 30,
        "maximum": 1023,
    },
    "vm_image": {
        **_TEXTS,
        "title": "System image",
        "description": "An image of Azure's Marketplace, with Ubuntu where the machines have to install Docker first.",
        "default": dict(UBUNTU),
    },
    "public_ingress": {
        "type": "boolean",
        "title": "Public IP address for the scheduler",
        "description": "Without one, the scheduler can only be reached from within its network.",
        "default": True,
    },
    "subnet": {
        "type": "string",
        "title": "Subnet",
        "description": "The full resource id. Left empty, the first one of the virtual network.",
        "default": "",
        "x-depends": ["subscription_id", "resource_group", "vnet"],
    },
    "bootstrap": {
        "type": "boolean",
        "title": "Install Docker first",
        "description": "Not needed where the system image has it. It takes some minutes.",
        "default": True,
    },
    "auto_shutdown": {
        "type": "boolean",
        "title": "Machines shut down when Dask ends",
        "description": "They are still billed then, until they are deleted.",
        "default": True,
    },
    "docker_args": {
        "type": "string",
        "title": "Arguments for Docker",
        "description": "For docker run on each machine.",
        "default": "",
    },
    "marketplace_plan": {
        **_TEXTS,
        "title": "Marketplace plan",
        "description": "The name, publisher and product, for a system image that is sold with a plan.",
        "default": {},
    },
    "subscription_id": {
        "type": "string",
        "title": "Subscription",
        "description": "Its id. Left empty, that of AZURE_SUBSCRIPTION_ID, or the one that the sign-in uses.",
        "default": "",
    },
}
"""The parameters of the class, as JSON Schemas, in the order in which they matter. Those that must be given have a ``minLength``."""

NEVER: Final[Mapping[str, str]] = {
    "debug": "it writes what each machine is made with, and so the cluster's certificates and environment variables, to the supervisor's log.",
}
"""Parameters that are not to be set, with the reason."""

CONFIGURED: Final[Mapping[str, str]] = {
    "location": "location",
    "resource_group": "resource_group",
    "subscription_id": "subscription_id",
    **{name: f"azurevm.{name}" for name in ("vnet", "subnet", "security_group", "public_ingress", "vm_size", "scheduler_vm_size")},
    **{name: f"azurevm.{name}" for name in ("disk_size", "docker_image", "vm_image", "bootstrap", "auto_shutdown", "marketplace_plan")},
}
"""Where in the section ``cloudprovider.azure`` of Dask's configuration the class looks for a parameter that it is not given."""

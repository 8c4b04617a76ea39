"""What makes the cluster's object in place of its class. Imports Dask when it runs."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from .form import CONFIGURED, DATA_LOCATION, UBUNTU
from .guard import check
from .subscription import configured_subscription


def azure_cluster(**arguments: Any) -> Any:
    """Return an ``AzureVMCluster``, which has not been started.

    Raises
    ------
    CannotWork
        The installed versions don't fit together.
    NotSignedIn
        Nobody is signed in.
    Exception
        Whatever the class raises.
    """
    check()
    # It tells all headers of each request, dozens for a machine.
    logging.getLogger("azure.core.pipeline.policies.http_logging_policy").setLevel(logging.WARNING)
    # The class hands Dask's whole configuration on to the machines; what is in there for gateways is nothing to them.
    dask_config = import_module("dask.config")
    dask_config.config.pop("gateway", None)
    for name, value in (("location", DATA_LOCATION), ("vm_image", dict(UBUNTU))):
        if not arguments.get(name) and not dask_config.get(f"cloudprovider.azure.{CONFIGURED[name]}", None):
            arguments[name] = value
    if not arguments.get("subscription_id") and (known := configured_subscription()):
        # Otherwise it asks az, which is not everywhere.
        arguments["subscription_id"] = known
    # Whoever can't sign in makes nothing. To find that out here spares the search for what is left, which would not work either.
    import_module(".sign_in", __package__).check_sign_in(import_module("azure.identity").DefaultAzureCredential())
    return import_module("dask_cloudprovider.azure").AzureVMCluster(**arguments)

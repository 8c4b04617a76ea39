"""The steps, in their order."""

from __future__ import annotations

from ..step import Step
from .address import look_up_name, reach_address, read_settings
from .clusters import list_clusters, open_dashboard
from .gateway import find_gateway
from .proxy import greet_proxy, reach_proxy, reach_scheduler
from .region import name_region
from .sign_in import read_options, verify_token
from .versions import compare_with_cluster, look_here, look_in_kernel

STEPS = (
    Step("settings", "Settings", read_settings),
    Step("name", "Name of the gateway's host", look_up_name, needs=("settings",)),
    Step("reach", "Connection to the gateway", reach_address, needs=("name",)),
    Step("gateway", "Dask Gateway at the address", find_gateway, needs=("reach",)),
    Step("credential", "Hub and credential", verify_token, needs=("settings",), seconds=45.0),
    Step("options", "Options of clusters", read_options, needs=("gateway", "credential")),
    Step("clusters", "List of clusters", list_clusters, needs=("options",)),
    Step("proxy", "Connection to the schedulers' proxy", reach_proxy, needs=("settings",)),
    Step("proxy-tls", "TLS at the schedulers' proxy", greet_proxy, needs=("proxy",)),
    Step("scheduler", "Scheduler of a running cluster", reach_scheduler, needs=("clusters", "proxy-tls"), seconds=45.0),
    Step("dashboard", "Dashboard of a running cluster", open_dashboard, needs=("clusters",)),
    Step("versions-here", "Versions here", look_here),
    Step("versions-kernel", "Versions in the kernel", look_in_kernel),
    Step("versions-cluster", "Versions on a running cluster", compare_with_cluster, needs=("scheduler",)),
    Step("region", "Region", name_region, needs=("settings",)),
)
"""What builds on something that did not pass is skipped, and says so."""

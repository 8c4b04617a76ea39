"""dask-labextension, as a deployment with Dask Gateway has it: its settings, its REST API's address, its places in the page."""

from __future__ import annotations

CLUSTERS = "dask/clusters"
"""Path of its list, from the server's address on."""

TAB = "li.lm-TabBar-tab[data-id='dask-dashboard-launcher']"
PANEL = ".dask-DaskSidebar"
NEW_BUTTON = f"{PANEL} .jp-Toolbar button:has-text('NEW'), {PANEL} .jp-Toolbar jp-button:has-text('NEW')"
ITEM = ".dask-ClusterListingItem"


def environment() -> dict[str, str]:
    """What makes it use the gateway that Dask's own configuration names."""
    return {
        "DASK_LABEXTENSION__FACTORY__MODULE": "dask_gateway",
        "DASK_LABEXTENSION__FACTORY__CLASS": "GatewayCluster",
        "DASK_LABEXTENSION__FACTORY__ARGS": "[]",
        "DASK_LABEXTENSION__FACTORY__KWARGS": "{}",
    }

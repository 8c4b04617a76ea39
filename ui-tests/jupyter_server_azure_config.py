"""Jupyter's configuration for the browser tests of Azure: that of all others, and a subscription that its stand-in gives."""

import json
import os

c = get_config()  # type: ignore[name-defined]  # noqa: F821
load_subconfig("jupyter_server_test_config.py")  # type: ignore[name-defined]  # noqa: F821

c.ComputeApp.own_compute = [
    {
        "id": "azure",
        "label": "My Azure subscription",
        "class": "dask_cloudprovider.azure.AzureVMCluster",
        "limits": {"workers": 2},
        "prices": {"scheduler": 0.11, "worker": 0.096, "currency": "USD"},
        "presets": [
            {
                "id": "usual",
                "label": "Our network",
                "options": json.loads(os.environ["PCCOMPUTE_UI_AZURE"]),
            }
        ],
    }
]
c.ComputeApp.at_stop = {"own": "end"}

"""Way 8: a compute instance of Azure Machine Learning, where Jupyter and the kernels have an environment each."""

from __future__ import annotations

from ..snippet_models import Snippet
from .dask_yaml import dask_yaml
from .place import GatewayPlace, Outside
from .text import sh


def azureml(place: GatewayPlace, outside: Outside, image: str | None) -> Snippet:
    """Set up both environments, and configure the gateway for both."""
    configuration = dask_yaml(place, outside, image).code
    lines = [
        "#!/bin/sh",
        "# Run it in a terminal of the compute instance.",
        "set -eu",
        "# This file is there on compute instances only.",
        "test -e /mnt/azmnt/.nbvm || { echo 'This is not an Azure ML compute instance.' >&2; exit 1; }",
        "envs=/anaconda/envs",
        "# The panel goes where Jupyter runs …",
        '"$envs/jupyter_env/bin/python" -m pip install --upgrade pccompute-ext',
        "# … and Dask where the kernels run.",
        "for env in azureml_py310_sdkv2 azureml_py38; do",
        '  if test -x "$envs/$env/bin/python"; then',
        '    "$envs/$env/bin/python" -m pip install --upgrade dask-gateway distributed',
        "  fi",
        "done",
        "mkdir -p ~/.config/dask",
        f"printf %s {sh(configuration)} > ~/.config/dask/gateway.yaml",
        "# Clusters in your own Azure subscription need no password: the managed identity of the instance is used,",
        "# once it has the role Contributor on their resource group.",
        "sudo systemctl restart jupyter.service",
    ]
    if outside.auth == "jupyterhub":
        lines.append("echo 'Now reload JupyterLab, and sign in to the gateway in the panel.'")
    return Snippet(
        id="azureml",
        title="Azure Machine Learning",
        description="Sets up a compute instance: the panel for its JupyterLab, Dask for its kernels.",
        language="sh",
        code="\n".join(lines) + "\n",
        filename="setup-pccompute.sh",
        links=[place.hub.token_link] if place.hub else [],
    )

"""Way 8: a compute instance of Azure Machine Learning, where Jupyter and the kernels have an environment each."""

from __future__ import annotations

from typing import Final

from ..snippet_models import Snippet
from .dask_yaml import dask_yaml
from .place import GatewayPlace, Outside
from .text import sh

_DETECT: Final = """\
#!/bin/sh
# Run it in a terminal of the compute instance.
set -eu
# This file is there on compute instances only, and tells their name.
about=/mnt/azmnt/.nbvm
test -e "$about" || { echo 'This is not an Azure ML compute instance.' >&2; exit 1; }
envs=/anaconda/envs
"""

_PANEL: Final = """\
# The panel goes where Jupyter runs, if that is new enough, and else into a JupyterLab of its own.
jupyter="$envs/jupyter_env/bin/python"
if "$jupyter" -c 'import sys, jupyterlab; sys.exit(sys.version_info < (3, 11) or int(jupyterlab.__version__.split(".")[0]) < 4)'
then
  "$jupyter" -m pip install --upgrade pccompute-ext
  sudo systemctl restart jupyter.service
  echo 'Reload JupyterLab.'
else
  test -x "$envs/pccompute/bin/python" || /anaconda/bin/conda create --yes --override-channels -c conda-forge --prefix "$envs/pccompute" python=3.12
  "$envs/pccompute/bin/python" -m pip install --upgrade jupyterlab pccompute-ext
  echo 'The JupyterLab of this instance is too old for the panel. Start the new one in a terminal:'
  echo "$envs/pccompute/bin/jupyter lab --no-browser --port=8890 --ServerApp.allow_remote_access=True"
  echo "It is at https://$(sed -n 's/^instance=//p' "$about")-8890.$(sed -n 's/^domainsuffix=//p' "$about")/"
fi
"""

_KERNELS: Final = """\
# Dask goes where the kernels run.
for env in azureml_py310_sdkv2 azureml_py38; do
  if test -x "$envs/$env/bin/python"; then
    "$envs/$env/bin/python" -m pip install dask-gateway distributed
  fi
done
"""

_IDENTITY: Final = """\
# Clusters in your own Azure subscription need no password: the managed identity of the instance is used,
# if it has one with the role Contributor on their resource group. Otherwise sign in: az login
"""


def azureml(place: GatewayPlace, outside: Outside, image: str | None) -> Snippet:
    """Set up both environments, and configure the gateway for both.

    On the instance itself only that of the kernels is left to do: the panel runs there.
    """
    here = place.compute_instance
    parts = [
        _DETECT,
        _KERNELS,
        "mkdir -p ~/.config/dask\n",
        f"printf %s {sh(dask_yaml(place, outside, image).code)} > ~/.config/dask/gateway.yaml\n",
        _IDENTITY,
    ]
    if here is None:
        parts.append(_PANEL)
    if outside.auth == "jupyterhub":
        parts.append("echo 'Sign in to the gateway in the panel.'\n")
    return Snippet(
        id="azureml",
        title="Azure Machine Learning" if here is None else f"Azure Machine Learning: {here}",
        description="Sets up a compute instance: the panel for its JupyterLab, Dask for its kernels."
        if here is None
        else "Sets up the kernels of the compute instance on which this server runs.",
        language="sh",
        code="".join(parts),
        filename="setup-pccompute.sh",
        links=[place.hub.token_link] if place.hub else [],
    )

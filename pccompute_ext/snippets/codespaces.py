"""Way 7: a GitHub Codespace, or another development container."""

from __future__ import annotations

import json
from typing import Any

from ..snippet_models import Snippet
from .place import GatewayPlace, Outside
from .variables import TOKEN, variables


def codespaces(place: GatewayPlace, outside: Outside, image: str) -> Snippet:
    """Describe a container with the workers' image, with the gateway configured; the token is a secret of the Codespace."""
    described: dict[str, Any] = {"name": "Dask", "image": image, "containerEnv": variables(outside, image)}
    if outside.auth == "jupyterhub":
        secret = {"description": "A token of the hub that the Dask Gateway belongs to."}
        if place.hub:
            secret["documentationUrl"] = place.hub.token_page
        described["secrets"] = {TOKEN: secret}
    described["forwardPorts"] = [8888]
    described["portsAttributes"] = {"8888": {"label": "JupyterLab"}}
    return Snippet(
        id="codespaces",
        title="GitHub Codespaces",
        description="A repository that opens with the workers' packages and the gateway configured. Save the token as a secret of that name.",
        language="json",
        code=json.dumps(described, indent=2, ensure_ascii=False) + "\n",
        filename=".devcontainer/devcontainer.json",
        links=[place.hub.token_link] if place.hub else [],
    )

"""Code that connects to a cluster and leaves ``cluster`` and ``client`` behind.

Each function returns Python source. Values from outside are written as literals, so that none can become code, and a credential is never among
them: it comes from where the backend has it too, or is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..snippet_models import Snippet, SnippetNames

_CLIENT: Final = "client = cluster.get_client()\nclient\n"
_AUTH_CLASSES: Final = {"basic": "BasicAuth", "jupyterhub": "JupyterHubAuth", "kerberos": "KerberosAuth"}
_FROM_ENVIRONMENT: Final = re.compile(r"\{(\w+)\}")
_NO_SECRET: Final = {"username"}


def snippet(code: str) -> Snippet:
    """The main way to connect, with this code."""
    return Snippet(
        id="connect",
        title="Connect",
        description="Connects to the cluster: computations of this notebook then run there.",
        language="python",
        code=code,
        names=SnippetNames(cluster="cluster", client="client"),
    )


def configured(name: str) -> str:
    """For the gateway that Dask's configuration names, with the credential that it names."""
    return f"from dask_gateway import GatewayCluster\n\ncluster = GatewayCluster.from_name({name!r})\n{_CLIENT}"


def explicit(
    name: str, address: str | None, proxy_address: str | int | None = None, auth: str | None = None, auth_kwargs: Mapping[str, Any] | None = None
) -> str:
    """For a gateway that is named in the code.

    Parameters
    ----------
    address, proxy_address, auth, auth_kwargs
        As in :class:`~pccompute_ext.backends.gateway_settings.GatewaySettings`. Of ``auth_kwargs``, a user name is written down, a template like
        ``{TOKEN}`` becomes a look at that environment variable, and any other text is asked for when the code runs.
    """
    imports = ["from dask_gateway import Gateway"]
    arguments = [
        _value(value) if key == "address" else f"{key}={_value(value)}"
        for key, value in (("address", address), ("proxy_address", proxy_address))
        if value
    ]
    if auth or auth_kwargs:
        arguments.append(f"auth={_auth(auth, auth_kwargs or {}, imports)}")
    call = f"gateway = Gateway({', '.join(arguments)})"
    if "os.environ" in call:
        imports.insert(0, "import os")
    if "getpass(" in call:
        imports.insert(0, "from getpass import getpass")
    return "\n".join([*imports, "", call, f"cluster = gateway.connect({name!r})", _CLIENT])


def from_file(name: str, connection: Path) -> str:
    """For a gateway on this machine, whose address and password are in a private file.

    Parameters
    ----------
    connection
        A JSON file with ``address``, ``proxy_address``, ``username`` and ``password``.
    """
    return (
        "import json\n"
        "from pathlib import Path\n\n"
        "from dask_gateway import BasicAuth, Gateway\n\n"
        f"connection = json.loads(Path({str(connection)!r}).read_text())\n"
        "gateway = Gateway(\n"
        '    connection["address"],\n'
        '    proxy_address=connection["proxy_address"],\n'
        '    auth=BasicAuth(connection["username"], connection["password"]),\n'
        ")\n"
        f"cluster = gateway.connect({name!r})\n{_CLIENT}"
    )


def _auth(auth: str | None, kwargs: Mapping[str, Any], imports: list[str]) -> str:
    kind = auth or "basic"
    if not kwargs:
        return repr(kind)
    if kind in _AUTH_CLASSES:
        cls = _AUTH_CLASSES[kind]
        imports[0] = f"from dask_gateway import {', '.join(sorted(['Gateway', cls]))}"
    else:
        module, _, cls = kind.rpartition(".")
        if not all(part.isidentifier() for part in kind.split(".")) or not module:
            raise ValueError("The way to authenticate must be the path of a class")
        imports.append(f"from {module} import {cls}")
    if not all(key.isidentifier() for key in kwargs):
        raise ValueError("The arguments of the authentication must have names that can be written in code")
    written = [f"{key}={_value(value) if key in _NO_SECRET else _secret(key, value)}" for key, value in kwargs.items()]
    return f"{cls}({', '.join(written)})"


def _value(value: Any) -> str:
    """A literal, or a look at the environment where it is a template."""
    if isinstance(value, str) and (found := _FROM_ENVIRONMENT.fullmatch(value)):
        return f"os.environ[{found[1]!r}]"
    return repr(value)


def _secret(key: str, value: Any) -> str:
    if isinstance(value, str) and not _FROM_ENVIRONMENT.fullmatch(value):
        return f"getpass({f'{key}: '!r})"
    return _value(value)

"""Code that connects to a cluster with a credential that was entered in the panel: read from where it is kept, or asked for, never written down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class KeptCredential:
    """Where a kernel on this machine finds the credential.

    Attributes
    ----------
    kept
        ``asked``: nowhere, it is asked for when the code runs.
    service, origin
        Under which it stands in the keyring.
    """

    kind: Literal["token", "password"]
    kept: Literal["file", "keyring", "asked"]
    service: str = ""
    origin: str = ""
    file: Path | None = None


def signed_in(name: str, address: str, proxy_address: str, credential: KeptCredential) -> str:
    """Return the code for a cluster at a gateway; values from outside are written as literals."""
    cls = "JupyterHubAuth" if credential.kind == "token" else "BasicAuth"
    standard, packages, read = _reading(credential)
    if not read:
        arguments = 'getpass("Token: ")' if credential.kind == "token" else 'input("User: "), getpass("Password: ")'
    else:
        arguments = 'credential["secret"]' if credential.kind == "token" else 'credential["username"], credential["secret"]'
    return "\n".join(
        [
            *standard,
            "",
            *packages,
            f"from dask_gateway import {', '.join(sorted(['Gateway', cls]))}",
            "",
            *read,
            f"gateway = Gateway({address!r}, proxy_address={proxy_address!r}, auth={cls}({arguments}))",
            *(["del credential"] if read else []),
            f"cluster = gateway.connect({name!r})",
            "client = cluster.get_client()",
            "client",
            "",
        ]
    )


def _reading(credential: KeptCredential) -> tuple[list[str], list[str], list[str]]:
    """The imports of Python's own modules, those of packages, and the lines that read the credential."""
    if credential.kept == "file" and credential.file is not None:
        imports = ["import json", "from pathlib import Path"]
        return imports, [], [f"credential = json.loads(Path({str(credential.file)!r}).read_text())"]
    if credential.kept == "keyring":
        return ["import json"], ["import keyring"], [f"credential = json.loads(keyring.get_password({credential.service!r}, {credential.origin!r}))"]
    return ["from getpass import getpass"], [], []

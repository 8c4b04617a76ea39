"""How Python gets at a gateway: as it is configured, or with its address and the way to the credential, which itself is never written down."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .kept_credential import KeptCredential
from .python import Expression, Source, call, literal
from .text import quoted

_AUTH_CLASSES: Final = {"basic": "BasicAuth", "jupyterhub": "JupyterHubAuth", "kerberos": "KerberosAuth"}
_FROM_ENVIRONMENT: Final = re.compile(r"\{(\w+)\}")
_NO_SECRET: Final = {"username"}


class Opening(ABC):
    """A way to a gateway, for :mod:`~pccompute_ext.snippets.clusters`."""

    @abstractmethod
    def open(self, source: Source) -> str | None:
        """Write what opens the gateway, and return the name of its variable; ``None`` where nothing has to be opened, since it is configured."""


@dataclass(frozen=True)
class Configured(Opening):
    """The gateway that Dask's configuration names, with the credential that it names."""

    def open(self, source: Source) -> None:
        return None


@dataclass(frozen=True)
class Explicit(Opening):
    """A gateway that is named in the code.

    Attributes
    ----------
    address, proxy_address, auth, auth_kwargs
        As ``dask_gateway.Gateway`` takes them. Of ``auth_kwargs``, a user name is written down, a template like ``{TOKEN}`` becomes a look at that
        environment variable, and any other text is asked for when the code runs.
    """

    address: str
    proxy_address: str | None = None
    auth: str | None = None
    auth_kwargs: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def open(self, source: Source) -> str:
        arguments: dict[str, Expression] = {}
        if self.proxy_address:
            arguments["proxy_address"] = quoted(self.proxy_address)
        if self.auth or self.auth_kwargs:
            arguments["auth"] = self._auth(source)
        return _assign_gateway(source, call("Gateway", quoted(self.address), **arguments))

    def _auth(self, source: Source) -> Expression:
        kind = self.auth or "basic"
        if not self.auth_kwargs:
            return quoted(kind)
        if kind in _AUTH_CLASSES:
            cls = _AUTH_CLASSES[kind]
            source.imports("dask_gateway", cls)
        else:
            module, _, cls = kind.rpartition(".")
            if not all(part.isidentifier() for part in kind.split(".")) or not module:
                raise ValueError("The way to authenticate must be the path of a class")
            source.imports(module, cls)
        if not all(key.isidentifier() for key in self.auth_kwargs):
            raise ValueError("The arguments of the authentication must have names that can be written in code")
        named = {key: _open(value, source) if key in _NO_SECRET else _secret(key, value, source) for key, value in self.auth_kwargs.items()}
        return call(cls, **named)


@dataclass(frozen=True)
class FromFile(Opening):
    """A gateway on this machine, whose address and password are in a private file.

    Attributes
    ----------
    connection
        A JSON file with ``address``, ``proxy_address``, ``username`` and ``password``.
    """

    connection: Path

    def open(self, source: Source) -> str:
        source.imports("json")
        source.imports("pathlib", "Path")
        file, connection = source.names.of("connection_file"), source.names.of("connection")
        source.assign(file, call("Path", quoted(str(self.connection))))
        source.assign(connection, call("json.loads", f"{file}.read_text()"))
        source.imports("dask_gateway", "BasicAuth")
        auth = call("BasicAuth", f'{connection}["username"]', f'{connection}["password"]')
        return _assign_gateway(source, call("Gateway", f'{connection}["address"]', proxy_address=f'{connection}["proxy_address"]', auth=auth))


@dataclass(frozen=True)
class SignedIn(Opening):
    """A gateway with a credential that was entered: read from where it is kept, or asked for."""

    address: str
    proxy_address: str
    credential: KeptCredential

    def open(self, source: Source) -> str:
        cls = "JupyterHubAuth" if self.credential.kind == "token" else "BasicAuth"
        source.imports("dask_gateway", cls)
        credential = self._read(source)
        if credential is None:
            source.imports("getpass", "getpass")
            arguments = ['getpass("Token: ")'] if self.credential.kind == "token" else ['input("User: ")', 'getpass("Password: ")']
        else:
            wanted = ["secret"] if self.credential.kind == "token" else ["username", "secret"]
            arguments = [f'{credential}["{key}"]' for key in wanted]
        gateway = _assign_gateway(source, call("Gateway", quoted(self.address), proxy_address=quoted(self.proxy_address), auth=call(cls, *arguments)))
        if credential is not None:
            source.do(f"del {credential}")
        return gateway

    def _read(self, source: Source) -> str | None:
        """The name of the variable that holds the credential for a moment."""
        kept, credential = self.credential, source.names.of("credential")
        if kept.kept == "file" and kept.file is not None:
            source.imports("json")
            source.imports("pathlib", "Path")
            file = source.names.of("credential_file")
            source.assign(file, call("Path", quoted(str(kept.file))))
            source.assign(credential, call("json.loads", f"{file}.read_text()"))
            return credential
        if kept.kept == "keyring":
            source.imports("json")
            source.imports("keyring")
            entry = call("keyring.get_password", quoted(kept.service), quoted(kept.origin))
            source.assign(credential, call("json.loads", entry))
            return credential
        return None


def _assign_gateway(source: Source, opened: Expression) -> str:
    source.imports("dask_gateway", "Gateway")
    gateway = source.names.of("gateway")
    source.assign(gateway, opened)
    return gateway


def _open(value: Any, source: Source) -> Expression:
    """A literal, or a look at the environment where it is a template."""
    if isinstance(value, str) and (found := _FROM_ENVIRONMENT.fullmatch(value)):
        source.imports("os")
        return f"os.environ[{quoted(found[1])}]"
    return literal(value)


def _secret(key: str, value: Any, source: Source) -> Expression:
    if isinstance(value, str) and not _FROM_ENVIRONMENT.fullmatch(value):
        source.imports("getpass", "getpass")
        return f"getpass({quoted(f'{key}: ')})"
    return _open(value, source)

"""The hub's token in the environment: on a hub, in a Codespace, in a container."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from typing import ClassVar, Final

from ..errors import BadRequest
from .credential import Credential, token_credential
from .errors import StoreFailed
from .origin import Origin
from .source import Source, SourceKind

VARIABLE: Final = "JUPYTERHUB_API_TOKEN"

# Who sets the token names with these where it is for.
_ADDRESSES: Final = ("JUPYTERHUB_API_URL", "JUPYTERHUB_PUBLIC_HUB_URL", "DASK_GATEWAY__ADDRESS")


def environment_origins(environment: Mapping[str, str]) -> frozenset[Origin]:
    """Return the origins that an environment names beside its token: the hub's and the configured gateway's."""
    origins = set()
    for name in _ADDRESSES:
        with contextlib.suppress(BadRequest):
            origins.add(Origin.of(environment.get(name, "")))
    return frozenset(origins)


def place_of_token(environment: Mapping[str, str]) -> str:
    """Where a person finds the token of an environment, in words that follow "kept in"."""
    if environment.get("CODESPACES") == "true":
        return f"the secret {VARIABLE} of this Codespace"
    return f"the environment variable {VARIABLE}"


class EnvironmentSource(Source):
    """The token in ``JUPYTERHUB_API_TOKEN``, for the origins that it was set for and no others.

    Parameters
    ----------
    environment
        Read at each use.
    origins
        Of the hub and of the gateways that the deployment configured; see :func:`environment_origins`.
    """

    kind: ClassVar[SourceKind] = "environment"

    def __init__(self, environment: Mapping[str, str], origins: Collection[Origin]) -> None:
        self._environment = environment
        self._origins = frozenset(origins)

    @property
    def where(self) -> str:
        return place_of_token(self._environment)

    async def get(self, origin: Origin) -> Credential | None:
        token = self._environment.get(VARIABLE, "").strip()
        if not token or origin not in self._origins:
            return None
        try:
            return token_credential(token)
        except BadRequest:
            raise StoreFailed(f"What stands in {self.where} can't be a token. Set it anew, or unset it.") from None

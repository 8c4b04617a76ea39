"""The table of URLs: the application registers its handlers from it, and the OpenAPI document is made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .backends import BackendHandler, BackendsHandler, OffersHandler, OptionsHandler
from .base import ComputeHandler
from .clusters import ClusterHandler, ClustersHandler
from .connecting import CheckHandler, ConnectFormHandler, PresetHandler
from .credentials import CredentialHandler
from .inside import LogsHandler, VersionsHandler, WorkersHandler
from .leftovers import LeftoverHandler, LeftoversHandler
from .operation import ATTRIBUTE, Operation
from .root import HandshakeHandler, UnknownHandler
from .scaling import AdaptHandler, ScaleHandler
from .snippets import BackendSnippetsHandler, ClusterSnippetsHandler

NAMESPACE = "pccompute"

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """A URL below the namespace, with its parameters in braces, and what answers there."""

    path: str
    handler: type[ComputeHandler]

    @property
    def pattern(self) -> str:
        """The regular expression that tornado matches; a parameter is any one segment, the manager knows which exist."""
        segments = [NAMESPACE, *filter(None, self.path.split("/"))]
        return "/" + "/".join("([^/]+)" if segment.startswith("{") else re.escape(segment) for segment in segments) + "/?"

    @property
    def parameters(self) -> list[str]:
        """The names in braces, in order."""
        return re.findall(r"{(\w+)}", self.path)

    def operations(self) -> Iterator[tuple[str, Operation]]:
        """Yield the verbs that the handler declares."""
        for verb in VERBS:
            declared = getattr(getattr(self.handler, verb), ATTRIBUTE, None)
            if isinstance(declared, Operation):
                yield verb, declared


ROUTES = (
    Route("", HandshakeHandler),
    Route("backends", BackendsHandler),
    Route("backends/{backend}", BackendHandler),
    Route("backends/{backend}/options", OptionsHandler),
    Route("backends/{backend}/offers", OffersHandler),
    Route("backends/{backend}/leftovers", LeftoversHandler),
    Route("backends/{backend}/leftovers/{leftover}", LeftoverHandler),
    Route("backends/{backend}/snippets", BackendSnippetsHandler),
    Route("backends/{backend}/credential", CredentialHandler),
    Route("backends/{backend}/check", CheckHandler),
    Route("connect", ConnectFormHandler),
    Route("connect/preset", PresetHandler),
    Route("clusters", ClustersHandler),
    Route("clusters/{id}", ClusterHandler),
    Route("clusters/{id}/scale", ScaleHandler),
    Route("clusters/{id}/adapt", AdaptHandler),
    Route("clusters/{id}/snippets", ClusterSnippetsHandler),
    Route("clusters/{id}/versions", VersionsHandler),
    Route("clusters/{id}/workers", WorkersHandler),
    Route("clusters/{id}/logs", LogsHandler),
)

#: What answers for the rest of the namespace; registered last.
FALLBACK = (f"/{NAMESPACE}/.*", UnknownHandler)

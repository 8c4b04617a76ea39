"""Azure's resource manager, as far as it is needed to look and to delete.

Requests are made as such rather than with the SDK's clients, so that a sweep works with whatever versions of those are installed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from azure.core.pipeline import policies
from azure.core.rest import HttpRequest, HttpResponse
from azure.identity import DefaultAzureCredential
from azure.mgmt.core import ARMPipelineClient

HOST: Final = "https://management.azure.com"
SCOPE: Final = f"{HOST}/.default"

_CONNECT_WITHIN: Final = 20.0
_ANSWER_WITHIN: Final = 60.0
_GONE_WITHIN: Final = 600.0
_LOOK_EVERY: Final = 2.0

_DOUBTS: Final = 5
"""So many looks at a resource that is not being deleted: what is told may be a little old."""


class AzureRefused(Exception):
    """Azure's answer to a request, in its own words.

    Attributes
    ----------
    status
        Of HTTP.
    code
        Azure's own, such as ``AuthorizationFailed``.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.status = status
        self.code = code


class ResourceManager:
    """Asks with the same sign-in as the cluster's class. Its methods wait: not for an event loop."""

    def __init__(self) -> None:
        self.credential = DefaultAzureCredential()
        self._client: ARMPipelineClient[Any, Any] = ARMPipelineClient(
            HOST,
            policies=[
                policies.UserAgentPolicy(base_user_agent="pccompute"),
                policies.RetryPolicy(retry_total=3),
                policies.BearerTokenCredentialPolicy(self.credential, SCOPE),
            ],
        )

    def subscriptions(self) -> list[dict[str, Any]]:
        """Those that the sign-in may see."""
        return list(self.each("/subscriptions", "2022-12-01"))

    def each(self, path: str, version: str, **query: str) -> Iterator[dict[str, Any]]:
        """Yield what there is in a list, page by page.

        Raises
        ------
        AzureRefused
            It may not be read, or does not exist.
        """
        content = self._content("GET", f"{HOST}{path}", {"api-version": version, **query})
        while True:
            yield from content.get("value", ())
            if not (link := content.get("nextLink")):
                return
            # It is whole as it is.
            content = self._content("GET", link, {})

    def begin_to_delete(self, id: str, version: str) -> None:
        """Have a resource deleted. One that is gone already is a success.

        Raises
        ------
        AzureRefused
            It can't be deleted, or not now.
        """
        self._content("DELETE", f"{HOST}{id}", {"api-version": version})

    def wait_until_gone(self, id: str, version: str) -> None:
        """Wait until a resource that is being deleted is gone, or Azure has given up.

        Raises
        ------
        AzureRefused
            It may not be read.
        """
        end = time.monotonic() + _GONE_WITHIN
        doubts = 0
        while time.monotonic() < end and doubts < _DOUBTS and (state := self._state_of(id, version)) is not None:
            doubts = 0 if state == "Deleting" else doubts + 1
            time.sleep(_LOOK_EVERY)

    def _state_of(self, id: str, version: str) -> str | None:
        """How a resource is; ``None``: it is gone."""
        try:
            content = self._content("GET", f"{HOST}{id}", {"api-version": version})
        except AzureRefused as refused:
            if refused.status == 404:
                return None
            raise
        return str((content.get("properties") or {}).get("provisioningState"))

    def _content(self, method: str, url: str, query: Mapping[str, str]) -> dict[str, Any]:
        if not _is_here(url):
            # Where a list goes on, and what is deleted, is as an answer said.
            raise AzureRefused(502, "UnexpectedLink", "An answer leads to another address than Azure's, to which no sign-in is sent")
        request = HttpRequest(method, url, params=dict(query))
        response: HttpResponse = self._client.send_request(request, connection_timeout=_CONNECT_WITHIN, read_timeout=_ANSWER_WITHIN)
        if response.status_code >= 400 and not (method == "DELETE" and response.status_code == 404):
            raise _refused(response)
        content: dict[str, Any] = response.json() if method == "GET" else {}
        return content


def scope(subscription: str, group: str | None = None) -> str:
    """The path of a subscription, or of a resource group in it; each is as somebody has typed it."""
    path = f"/subscriptions/{quote(subscription, safe='')}"
    return path if group is None else f"{path}/resourceGroups/{quote(group, safe='')}"


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    # Some of Azure's services write the port.
    return f"{parts.scheme}://{parts.netloc}".lower().removesuffix(":443") == HOST


def _refused(response: HttpResponse) -> AzureRefused:
    try:
        error = response.json()["error"]
        return AzureRefused(response.status_code, str(error.get("code")), str(error.get("message")))
    except (ValueError, KeyError, TypeError, AttributeError):
        # A proxy on the way, for example.
        return AzureRefused(response.status_code, f"HTTP {response.status_code}", response.text()[:500] or str(response.reason))

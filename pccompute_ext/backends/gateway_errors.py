"""From what a Dask Gateway answers to the errors of the domain, in words for a person."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from ..errors import BackendFailed, BackendTimeout, ComputeError, CredentialNeeded, NotFound, Refused, WrongState

_LONGEST: Final = 600
_HUB_REFUSED: Final = "Permission failure verifying user's JupyterHub API token"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")


class CredentialRefused(CredentialNeeded):
    """What was shown is not accepted; another credential may be. Other than where somebody is known and yet not allowed something."""


def error_for(status: int, body: bytes, name: str | None = None) -> ComputeError:
    """The error that an HTTP answer means.

    Parameters
    ----------
    status
        400 or more.
    body
        The answer's body, in whatever form.
    name
        The cluster that the request was for. It is a secret, so it is taken out of the gateway's words.
    """
    words = _words(body, name)
    if status == 401:
        return CredentialRefused(
            "The gateway refused the credential, or wants one. Check the user and password or the token that is configured for it."
        )
    if words and _HUB_REFUSED in words:
        return CredentialRefused("JupyterHub refused the token that was shown to the gateway: it is wrong, expired or revoked. Use a new token.")
    if status == 403:
        return CredentialNeeded("The gateway does not allow this with the credential that it was given" + _quote(words))
    if status == 404:
        if name is not None:
            return NotFound("The gateway does not know this cluster, or does not know it any more.")
        return BackendFailed("There is no Dask Gateway at this address: it answered 404 (not found). Check the address.")
    if status == 409:
        return WrongState("The gateway can't do this now" + _quote(words))
    if status == 422:
        return Refused(words or "The gateway refused this without saying why.")
    if status in (408, 504):
        return BackendTimeout("What stands before the gateway had no answer from it in time. Try again.")
    return BackendFailed(f"The gateway answered with the error {status}" + _quote(words))


def _words(body: bytes, name: str | None) -> str | None:
    """What the gateway says: the ``error`` of its JSON. Nothing of any other body is passed on: who knows what stands in it."""
    try:
        answer: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    said = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(said, str):
        return None
    if name:
        said = said.replace(f"Cluster {name}", "This cluster").replace(f"cluster {name}", "this cluster").replace(name, "…")
    return _CONTROL.sub(" ", said).strip()[:_LONGEST] or None


def _quote(words: str | None) -> str:
    return f": {words}" if words else "."

"""What can go wrong, in terms of the domain.

Each class has a stable ``code`` for programs; the message is for a person and says what happened, why, and what to do next.
The handlers map codes to HTTP status codes in one place (:mod:`pccompute_ext.handlers.base`).

A message must never hold a credential, a TLS key or a cluster's full name: it goes to the browser and to the log.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ComputeError(Exception):
    """Base of every error that a user may see.

    Parameters
    ----------
    message
        One or two sentences for a person.
    detail
        Extra facts for a program, JSON-compatible.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, detail: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail or {}


class BadRequest(ComputeError):
    """The request is malformed: an unknown field, a wrong type, a value out of range."""

    code = "bad-request"


class NotFound(ComputeError):
    """No such backend, cluster or snippet."""

    code = "not-found"


class WrongState(ComputeError):
    """The cluster or the backend is in a state that does not allow this."""

    code = "wrong-state"


class Unavailable(ComputeError):
    """The backend cannot be used on this machine, for example because an optional package is missing."""

    code = "unavailable"


class Refused(ComputeError):
    """The backend refused what was asked for; the message is in the backend's own words."""

    code = "refused"


class CredentialNeeded(ComputeError):
    """The backend wants a credential, or refused the one that it was given."""

    code = "needs-credential"


class BackendFailed(ComputeError):
    """The backend could not be reached, or answered with something that makes no sense."""

    code = "backend-failed"


class BackendTimeout(ComputeError):
    """The backend did not answer in time."""

    code = "backend-timeout"


class Locked(ComputeError):
    """The administrator of this server does not allow it."""

    code = "locked"


class ConfirmPlainHttp(ComputeError):
    """What is sent to this address could be read on the way: it is done only when the person has been asked."""

    code = "confirm-plain-http"

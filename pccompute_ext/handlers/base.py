"""What all handlers share: who may call, how errors become answers, how answers are written."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from jupyter_server.base.handlers import APIHandler
from tornado import web

from .. import errors
from ..models import Error, Handshake
from ..tasks import describe_error

if TYPE_CHECKING:
    from pccompute_ext.access import Access
    from pccompute_ext.manager import ClusterManager

T = TypeVar("T")

#: The only place where an error becomes an HTTP status code.
STATUS_OF: Mapping[type[errors.ComputeError], int] = {
    errors.BadRequest: 400,
    errors.Locked: 403,
    errors.NotFound: 404,
    errors.WrongState: 409,
    errors.Unavailable: 409,
    errors.ConfirmPlainHttp: 409,
    errors.Refused: 422,
    errors.CredentialNeeded: 424,
    errors.BackendFailed: 502,
    errors.BackendTimeout: 504,
}

#: The codes of answers that Jupyter Server and tornado give before our own code runs.
CODE_OF: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
}

#: The content type of an answer that comes line by line, each a JSON value.
LINES = "application/x-ndjson"

#: Far above any real request: the largest holds one cluster's options.
MAX_BODY_BYTES = 64 * 1024


def status_of(error: errors.ComputeError) -> int:
    """Return the HTTP status code of an error, also of a subclass that a backend defines."""
    return next((STATUS_OF[cls] for cls in type(error).__mro__ if cls in STATUS_OF), 500)


@dataclass(frozen=True)
class Services:
    """What the application hands to every handler."""

    handshake: Handshake
    manager: Callable[[], Awaitable[ClusterManager]]
    """Gives the manager, which is made when it is first needed: it costs the import of dask."""
    access: Callable[[], Awaitable[Access]]
    """Gives what is about gateways of the user's own, credentials and checks; made together with the manager."""


class ComputeHandler(APIHandler):
    """Base of the handlers.

    A verb is a coroutine under :func:`~pccompute_ext.handlers.operation.operation`: it gets the decoded body and returns a model.
    """

    auth_resource = "pccompute"

    def initialize(self, services: Services) -> None:
        """Take what the application hands over; tornado calls this for every request."""
        self.services = services
        # The panel polls with GET; that must not keep an idle server from being culled.
        self._track_activity = self.request.method != "GET"

    def set_default_headers(self) -> None:
        """Forbid caches: an answer is true for a moment, and for this user."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")

    @classmethod
    def methods(cls) -> list[str]:
        """List the HTTP methods that it answers."""
        return [name for name in cls.SUPPORTED_METHODS if getattr(cls, name.lower()) is not web.RequestHandler._unimplemented_method]

    def decode(self, model: type[T]) -> T:
        """Read the request's body as ``model``.

        Raises
        ------
        BadRequest
            The body is not JSON, or not what the model allows; the message says where.
        tornado.web.HTTPError
            413: the body is larger than ``MAX_BODY_BYTES``.
        """
        body = self.request.body
        if len(body) > MAX_BODY_BYTES:
            raise web.HTTPError(413, f"The request is larger than the {MAX_BODY_BYTES} bytes that are accepted.")
        try:
            return msgspec.json.decode(body, type=model)
        except msgspec.ValidationError as error:
            raise errors.BadRequest(f"The request is not valid: {error}.") from None
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise errors.BadRequest(f"The request is not JSON: {error}.") from None
        except RecursionError:
            raise errors.BadRequest("The request is nested too deeply.") from None

    def whole_number(self, name: str, *, default: int, least: int, most: int) -> int:
        """Read a parameter of the query.

        Raises
        ------
        BadRequest
            It is not a whole number, or out of range.
        """
        text = self.get_query_argument(name, None)
        if text is None:
            return default
        # Not int(): it also takes "1_0", " 1" and the digits of other scripts.
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise errors.BadRequest(f"The parameter {name!r} must be a whole number from {least} to {most}.")
        return int(text)

    def answer(self, status: int, model: msgspec.Struct | None) -> None:
        """Write a model, or nothing, and finish."""
        self.set_status(status)
        if model is None:
            self.finish()
        else:
            self.finish(msgspec.json.encode(model))

    @property
    def accepts_lines(self) -> bool:
        """Whether the client wants an answer line by line, as it comes to be."""
        return LINES in self.request.headers.get("Accept", "")

    def write_line(self, model: msgspec.Struct) -> None:
        """Send a model at once, with more to come. A client that is gone misses it, which is no failure."""
        self.set_header("Content-Type", LINES)
        self.write(msgspec.json.encode(model) + b"\n")
        self.flush()

    def refuse(self, error: errors.ComputeError) -> None:
        """Write one of our errors."""
        self.answer(status_of(error), Error(message=error.message, code=error.code, detail=error.detail))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Write the errors of tornado, of Jupyter Server and of our own defects in the same form. Never a traceback."""
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, web.HTTPError) and error.log_message:
            message = error.log_message % error.args
        elif status_code == 403:
            message = "This Jupyter server does not know you, or does not allow you this. Log in and try again."
        elif status_code >= 500:
            message = "The compute extension failed. The log of the Jupyter server tells more."
        else:
            message = self._reason
        if status_code == 405:
            self.set_header("Allow", ", ".join(self.methods()))
        self.answer(status_code, Error(message=message, code=CODE_OF.get(status_code, "error")))

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """Log a defect of ours by type and place: its text may quote a URL, and with it a cluster's name."""
        if value is None or isinstance(value, web.HTTPError):
            super().log_exception(typ, value, tb)
        else:
            self.log.error("%s %s failed: %s", self.request.method, self.request.path, describe_error(value))

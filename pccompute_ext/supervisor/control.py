"""The supervisor's end of :mod:`.control_line`."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import secrets
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

from .control_line import LONGEST_LINE

log = logging.getLogger(__name__)

_SOCKET: Final = "control.sock"

_LONGEST_PATH: Final = 100
"""Bytes; the systems allow 104 to 108 for a socket."""

Act = Callable[[Mapping[str, Any]], Awaitable[None]]


class ControlError(Exception):
    """A request can't be done; the message is for a person."""


class Control:
    """Listens until it is closed.

    Parameters
    ----------
    directory
        The cluster's, private to the user.
    act
        Does what a request says, or raises :class:`ControlError`.
    """

    def __init__(self, directory: Path, act: Act) -> None:
        self._directory = directory
        self._act = act
        self._server: asyncio.Server | None = None
        self._own_directory: Path | None = None
        self.endpoint: dict[str, Any] = {}

    async def open(self, *, sockets: bool = os.name == "posix") -> None:
        """Begin to listen, or do so anew. ``sockets``: whether the system has unix sockets."""
        if self._server is not None:
            self._server.close()
        if not sockets:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_LINE)
            self.endpoint = {"port": self._server.sockets[0].getsockname()[1], "key": secrets.token_hex(32)}
            return
        path = self._directory / _SOCKET
        if len(os.fsencode(path)) > _LONGEST_PATH:
            # mkdtemp makes it 0700.
            self._own_directory = self._own_directory or Path(tempfile.mkdtemp(prefix="pccompute-"))
            path = self._own_directory / _SOCKET
        path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, path, limit=LONGEST_LINE)
        path.chmod(0o600)
        self.endpoint = {"path": str(path)}

    def is_lost(self) -> bool:
        """Whether the socket is gone from the disk, as after a clean-up of temporary files."""
        return "path" in self.endpoint and not os.path.lexists(self.endpoint["path"])

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
        if self._own_directory is not None:
            shutil.rmtree(self._own_directory, ignore_errors=True)
        if path := self.endpoint.get("path"):
            with contextlib.suppress(OSError):
                os.unlink(path)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline())
            writer.write(json.dumps(await self._answer(request)).encode() + b"\n")
            await writer.drain()
        except (OSError, ValueError) as error:
            log.debug("A request broke off: %s", type(error).__name__)
        finally:
            writer.close()

    async def _answer(self, request: Any) -> dict[str, Any]:
        if not isinstance(request, dict):
            return {"error": "This is not a request."}
        key = self.endpoint.get("key")
        if key is not None and not hmac.compare_digest(str(request.get("key")), key):
            return {"error": "The key does not fit."}
        try:
            await self._act(request)
        except ControlError as error:
            return {"error": str(error)}
        except Exception as error:
            log.exception("A request failed.")
            return {"error": f"This could not be done ({type(error).__name__}). The cluster's own log tells why."}
        return {}

"""One user of a test hub: plain blocking requests in that name, as somebody at the hub's own pages would make them."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from .hub_kernel import run_code

PATIENCE = 180.0
"""Seconds; far above what a start of a server takes, for machines that are busy."""


@dataclass(frozen=True)
class MintedToken:
    """A token as the hub's token page would show it, once."""

    id: str
    value: str = field(repr=False)
    scopes: tuple[str, ...]
    expires: datetime | None


@dataclass(frozen=True)
class HubUser:
    """A name at a hub."""

    hub_url: str
    name: str
    password: str = field(repr=False)
    operator_token: str = field(repr=False)

    @property
    def server_url(self) -> str:
        """The user's single-user server, without a slash at the end."""
        return f"{self.hub_url}/user/{quote(self.name, safe='@')}"

    def mint(self, scopes: Sequence[str] = (), expires_in: int | None = 3600) -> MintedToken:
        """Make a token, as on the token page.

        Parameters
        ----------
        scopes
            What the token may do; with none, all that the user may.
        expires_in
            Seconds; ``None`` for never.
        """
        body: dict[str, Any] = {"auth": {"username": self.name, "password": self.password}, "note": "made by a test"}
        if scopes:
            body["scopes"] = list(scopes)
        if expires_in is not None:
            body["expires_in"] = expires_in
        answer = self._request("POST", "/tokens", body, anonymous=True)
        expires = answer["expires_at"]
        return MintedToken(answer["id"], answer["token"], tuple(answer["scopes"]), datetime.fromisoformat(expires) if expires else None)

    def revoke(self, token: MintedToken) -> None:
        """Withdraw a token."""
        self._request("DELETE", f"/tokens/{token.id}")

    def start_server(self) -> None:
        """Start the user's single-user server, and return when it is ready.

        Raises
        ------
        TimeoutError
            It is not ready after :data:`PATIENCE`.
        """
        if not self._server().get("ready"):
            self._request("POST", "/server")
        self._wait(lambda server: bool(server.get("ready")), "start")

    def stop_server(self) -> None:
        """End the user's single-user server, and return when it is gone."""
        self._request("DELETE", "/server")
        self._wait(lambda server: not server, "stop")

    def run(self, code: str) -> str:
        """Run Python code in a new kernel of the user's server, and return what it printed. Not for a thread with a running event loop.

        Raises
        ------
        RuntimeError
            The code raised an exception; the message is its traceback.
        """
        return run_code(self.server_url, self.operator_token, code)

    def _server(self) -> dict[str, Any]:
        """The hub's report of the user's server; empty where there is none."""
        server: dict[str, Any] = self._request("GET", "")["servers"].get("", {})
        return server

    def _wait(self, done: Callable[[dict[str, Any]], bool], verb: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done(self._server()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"The server of {self.name} did not {verb}.")
            time.sleep(0.1)

    def _request(self, method: str, path: str, body: object = None, *, anonymous: bool = False) -> Any:
        request = urllib.request.Request(
            f"{self.hub_url}/hub/api/users/{quote(self.name, safe='')}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        if not anonymous:
            request.add_header("Authorization", f"token {self.operator_token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

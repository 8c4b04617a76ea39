"""What the gateway on this machine is told by the process that starts it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

READY: Final = b"ready\n"
"""What it writes to its standard output when it answers."""


class LocalSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One line of JSON on the gateway's standard input.

    Attributes
    ----------
    directory
        Private to the user. Removed at the end.
    port, api_port
        On loopback: of the proxy, which users and clusters speak to, and of the server behind it.
    cores, memory
        Of the machine; memory in bytes.
    idle_timeout
        Seconds after which an idle cluster is stopped.
    fields
        The options, as Dask Gateway describes them.
    """

    directory: str
    port: int
    api_port: int
    password: str
    cores: int
    memory: int
    idle_timeout: float
    fields: list[dict[str, Any]]

    def __repr__(self) -> str:
        return f"LocalSettings(port={self.port})"

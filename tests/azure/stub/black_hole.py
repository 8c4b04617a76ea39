"""An address that swallows what is sent to it."""

from __future__ import annotations

import socket
from typing import Final

_PORT: Final = 8786


class BlackHole:
    """Until :meth:`halt`, whoever connects to a scheduler's port gets no answer: the queue of the port is full."""

    def __init__(self, address: str) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, _PORT))
        listener.listen(0)
        self._sockets = [listener]
        for _ in range(4):
            filling = socket.socket()
            filling.setblocking(False)
            filling.connect_ex((address, _PORT))
            self._sockets.append(filling)

    def halt(self) -> None:
        """Let it be an address as others."""
        for one in self._sockets:
            one.close()

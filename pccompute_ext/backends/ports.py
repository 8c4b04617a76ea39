"""Free ports on loopback."""

from __future__ import annotations

import random
import socket
from contextlib import suppress
from typing import Final

# Below the range from which systems pick ports by themselves: a port that is chosen here is not given away before it is used.
_FIRST: Final = 20_000
_LAST: Final = 32_000


def free_port() -> int:
    """A port on 127.0.0.1 on which nothing listens now.

    Raises
    ------
    OSError
        None was found.
    """
    for port in random.sample(range(_FIRST, _LAST), k=200):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("No free port was found on this machine.")

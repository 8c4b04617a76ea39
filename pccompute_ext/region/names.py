"""The names of Azure's regions: in one spelling, and in the addresses that hold one."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_IN_HOST: Final = re.compile(r"\.(?P<region>[a-z][a-z0-9]*)\.(?:cloudapp\.azure\.com|azmk8s\.io)\.?$")


def normalised(name: str) -> str:
    """``West Europe`` and ``WestEurope`` are ``westeurope``."""
    return re.sub(r"[\s_-]+", "", name).lower()


def region_in(address: str | None) -> str | None:
    """The region that is part of a URL's host, as in ``https://hub.westeurope.cloudapp.azure.com``; ``None`` where it names none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    found = _IN_HOST.search(host or "")
    return found["region"] if found else None

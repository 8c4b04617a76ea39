"""Whether the installed versions can make clusters of Azure's machines. Imports none of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import metadata
from typing import Final

from .versions import PINS, TOO_NEW

NEEDED: Final = ("dask-cloudprovider", "azure-identity", "azure-mgmt-compute", "azure-mgmt-network")

INSTALL: Final = 'pip install "pccompute-ext[azure]"'


class CannotWork(Exception):
    """They can't; the message says why, and what to do."""


def check(version_of: Callable[[str], str] = metadata.version) -> None:
    """Raise :class:`CannotWork` where they can't make clusters."""
    versions = check_installed(version_of)
    if too_new := [name for name, major in TOO_NEW.items() if int(versions[name].partition(".")[0]) >= major]:
        found = _listed([f"{name} {versions[name]}" for name in too_new])
        raise CannotWork(
            f"{found} {'is' if len(too_new) == 1 else 'are'} installed, which dask-cloudprovider {versions['dask-cloudprovider']} can't work with: "
            f"Azure would refuse what it sends. Install older versions with: pip install {PINS}"
        )


def check_installed(version_of: Callable[[str], str] = metadata.version) -> dict[str, str]:
    """Return the versions, or raise :class:`CannotWork` where one is missing."""
    versions: dict[str, str] = {}
    for name in NEEDED:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = version_of(name)
    if missing := [name for name in NEEDED if name not in versions]:
        what = f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        raise CannotWork(f"{what}, and clusters of Azure's machines need that. Install it with: {INSTALL}")
    return versions


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))

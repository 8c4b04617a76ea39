"""Whether the user's Azure subscription is offered without being listed. Imports Dask, and nothing of Azure: not for the event loop."""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ..azure.form import CLASS
from .own_entry import OwnEntry
from .own_former_entries import only_as_offered_by_itself
from .own_known import with_configured

ID: Final = "azure"
LABEL: Final = "My Azure subscription"

_PACKAGES: Final = ("dask_cloudprovider", "azure.identity", "azure.mgmt.compute", "azure.mgmt.network")

_VARIABLES: Final = (
    "AZURE_CLIENT_ID",
    "AZURE_FEDERATED_TOKEN_FILE",
    "AZURE_SUBSCRIPTION_ID",
    "AZURE_TENANT_ID",
    # Of a managed identity, in Azure ML for example.
    "IDENTITY_ENDPOINT",
    "MSI_ENDPOINT",
)


def entries_of(listed: Sequence[OwnEntry], azure: bool | None, taken: Collection[str], directory: Path | None = None) -> list[OwnEntry]:
    """Return the entries that are offered: those that an operator has listed, or else the user's Azure subscription, as far as it is wanted.

    Parameters
    ----------
    azure
        Whether it is; ``None``: where it can be used here, and something here has to do with one.
    taken
        The ids of other backends.
    directory
        Where the clusters in it are, if there are any: then something here has had to do with one.
    """
    if not listed and ID not in taken and (azure or (azure is None and is_installed() and (points_here() or is_in_use(directory)))):
        listed = [OwnEntry(id=ID, label=LABEL, class_path=CLASS)]
    return [with_configured(entry) for entry in listed]


def is_in_use(directory: Path | None) -> bool:
    """Whether there are clusters in it, as it is offered by itself."""
    return directory is not None and only_as_offered_by_itself(directory)


def is_installed() -> bool:
    """Whether the extra is."""
    try:
        return all(find_spec(package) is not None for package in _PACKAGES)
    except ModuleNotFoundError:
        # Of a package in it, its parent.
        return False


def points_here() -> bool:
    """Whether something here has to do with an Azure subscription: Dask's configuration, a sign-in's environment, or a sign-in of ``az``."""
    if any(os.environ.get(name) for name in _VARIABLES) or importlib.import_module("dask.config").get("cloudprovider.azure", None):
        return True
    return Path(os.environ.get("AZURE_CONFIG_DIR", "~/.azure"), "azureProfile.json").expanduser().is_file()

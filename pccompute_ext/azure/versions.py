"""Which versions of Azure's SDK dask-cloudprovider can't work with. Data alone: the Jupyter server imports it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TOO_NEW: Final[Mapping[str, int]] = {"azure-mgmt-compute": 38, "azure-mgmt-network": 31}
"""From these major versions on, the SDK sends on as it is what dask-cloudprovider gives it, in names that Azure does not know."""

PINS: Final = " ".join(f'"{name}<{major}"' for name, major in TOO_NEW.items())
"""The others, as pip is told."""

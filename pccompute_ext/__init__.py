"""pccompute: create, scale, watch and use Dask clusters from JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from typing import Any

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the prebuilt front end lies and what it is called."""
    return [{"src": "labextension", "dest": "pccompute-ext"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which application to load."""
    # Imported here, so that asking for the version costs no server import.
    from .app import ComputeApp

    return [{"module": "pccompute_ext", "app": ComputeApp}]

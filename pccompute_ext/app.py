"""The server extension: traits, wiring, start and stop."""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp


class ComputeApp(ExtensionApp):
    """Jupyter Server extension that manages Dask clusters."""

    name = "pccompute_ext"

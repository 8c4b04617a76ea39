"""What all tests share: Jupyter Server's fixtures and the real Dask Gateway."""

pytest_plugins = ["pytest_jupyter.jupyter_server", "pccompute_ext.testing.fixtures"]

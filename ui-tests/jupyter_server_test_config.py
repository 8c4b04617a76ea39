"""Jupyter's configuration for the browser tests.

galata's own configuration switches authentication off and exposes the application to the tests: never use this file elsewhere.
"""

import os

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # type: ignore[name-defined]  # noqa: F821

configure_jupyter_server(c)
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["PCCOMPUTE_UI_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.allow_root = True

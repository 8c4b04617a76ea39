"""Jupyter's configuration for the browser tests.

galata's own configuration switches authentication off and exposes the application to the tests: never use this file elsewhere.
"""

import os
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # type: ignore[name-defined]  # noqa: F821

configure_jupyter_server(c)
# Under .make instead of a folder that stays in the system's temporary ones.
notebooks = Path(os.environ["PCCOMPUTE_UI_HOME"]) / "notebooks"
notebooks.mkdir(parents=True, exist_ok=True)
c.ServerApp.root_dir = str(notebooks)
# Of jupyter-collaboration, where that is installed.
c.SQLiteYStore.db_path = str(notebooks.parent / "together.db")
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["PCCOMPUTE_UI_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.allow_root = True
# Where tests run on a machine of Azure, it would answer; and who runs them may have a subscription.
c.ComputeApp.metadata_url = ""
c.ComputeApp.azure_subscription = False

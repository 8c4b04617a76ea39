"""A server's start is not slowed by what it may never need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("dask", "distributed", "dask_gateway", "dask_gateway_server", "aiohttp", "cryptography", "keyring", "numpy", "pandas", "psutil")

LOADED = """
import json, sys
{before}
before = set(sys.modules)
{code}
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})))
"""

LOAD_SERVER = """
app = ServerApp()
app.initialize(["--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", "--allow-root"], new_httpserver=False, find_extensions=False)
assert "pccompute_ext" in app.extension_manager.extensions
"""


def packages_loaded_by(code: str, directory: Path, before: str = "") -> set[str]:
    """Return the top-level packages that code adds to those that were loaded before it."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED.format(before=before, code=code)],
        env={"PATH": "", "HOME": str(directory), "JUPYTER_CONFIG_DIR": str(directory), "JUPYTER_NO_CONFIG": ""},
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["pccompute_ext", "pccompute_ext.app", "pccompute_ext.manager", "pccompute_ext.openapi"])
def test_nothing_heavy_is_imported(module: str, tmp_path: Path) -> None:
    assert packages_loaded_by(f"import {module}", tmp_path).isdisjoint(HEAVY)


def test_asking_for_the_version_imports_no_server(tmp_path: Path) -> None:
    assert "jupyter_server" not in packages_loaded_by("import pccompute_ext; pccompute_ext.__version__", tmp_path)


def test_beside_itself_the_extension_adds_only_its_model_library_to_a_server(tmp_path: Path) -> None:
    before = "from jupyter_server.serverapp import ServerApp\nfrom jupyter_server.extension.application import ExtensionApp"
    added = packages_loaded_by("import pccompute_ext.app", tmp_path, before)
    assert {name for name in added if name not in sys.stdlib_module_names} <= {"pccompute_ext", "msgspec"}


def test_a_server_that_loaded_the_extension_has_nothing_heavy(tmp_path: Path) -> None:
    config = {"ServerApp": {"jpserver_extensions": {"pccompute_ext": True, "jupyterlab": False, "jupyter_lsp": False}}}
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(config))
    loaded = packages_loaded_by(LOAD_SERVER.replace(", find_extensions=False", ""), tmp_path, "from jupyter_server.serverapp import ServerApp")
    assert "pccompute_ext" in loaded
    assert loaded.isdisjoint({name for name in HEAVY if name not in ("cryptography", "psutil")}), "Jupyter Server itself uses these two."

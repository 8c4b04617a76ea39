"""A supervisor in another Python, which has Dask and nothing of ours or of Jupyter."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from pccompute_ext.backends.own import OwnBackend
from tests.backends.kit import gone, running, seen

from .kit import backend_of, ended

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

MISSING = ("pccompute_ext", "msgspec", "jupyter_server", "jupyter_core", "traitlets")


@pytest.fixture(scope="module")
def second_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the packages of this one but those: much cheaper than one with packages of its own."""
    directory = tmp_path_factory.mktemp("second")
    venv.create(directory, symlinks=True)
    python = directory / "bin" / "python"
    asked = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True)
    packages = Path(asked.stdout.strip())
    # A directory that is named like that is only looked into for modules: how this package is installed here does not count there.
    (packages / "others.pth").write_text("\n".join(entry for entry in sys.path if entry.endswith("-packages")))
    for name in MISSING:
        (packages / f"{name}.py").write_text(f"raise ImportError('{name} is not in this Python')")
        # Isolated: the directory in which the tests run is not looked into.
        assert subprocess.run([python, "-I", "-c", f"import {name}"], capture_output=True, check=False).returncode == 1
    return python


@pytest.fixture
def elsewhere(jp_asyncio_loop: Any, second_python: Path, tmp_path: Path) -> Iterator[OwnBackend]:
    """The entry of an operator who has Dask there."""
    fixed = {"n_workers": 0, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    backend = backend_of(tmp_path / "own", {"class": "distributed.LocalCluster", "python": str(second_python), "defaults": fixed, "form": {}})
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))


async def test_it_runs_where_pccompute_is_not_installed(elsewhere: OwnBackend, second_python: Path) -> None:
    assert (await elsewhere.health()).state == "ready"
    name = await running(elsewhere)
    found = elsewhere._clusters.find(name)
    assert found is not None
    assert psutil.Process(found.state.pid).cmdline()[0] == str(second_python)
    await elsewhere.scale(name, 1)
    await seen(elsewhere, name, lambda observation: observation.workers.ready == 1)
    await elsewhere.stop(name)
    await gone(elsewhere, name)

"""What the documentation shows of notebooks, tests and the REST API runs as it is, on a real Dask Gateway and a real Jupyter server."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pccompute_ext.snippets.connect import connect
from pccompute_ext.snippets.opening import Configured
from pccompute_ext.snippets.wanted import Wanted
from pccompute_ext.testing.gateway_user import GatewayUser
from tests.docs_blocks import Block, blocks
from tests.server_process import PATIENCE, ServerProcess

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

NAME = re.compile(r"\b[0-9a-f]{32}\b")


def run(command: list[str], environment: dict[str, str], directory: Path) -> str:
    base = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.run(command, env={**base, **environment}, cwd=directory, capture_output=True, text=True, timeout=4 * PATIENCE, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def test_the_notebook_of_the_users_pages_computes(gateway_user: GatewayUser, tmp_path: Path) -> None:
    """All cells of a page together, as a person would run them; the last one's value is its result."""
    name = gateway_user.create(worker_cores=1)
    gateway_user.wait_until_running(name)
    gateway_user.scale(name, 1)
    cells = [block.code for block in blocks("python notebook")]
    (shown,) = NAME.findall(cells[0])
    assert ast.dump(ast.parse(cells[0])) == ast.dump(ast.parse(connect(Configured(), Wanted(shown)).code))
    *first, last = "".join(cells).replace(shown, name).strip().splitlines()
    script = "\n".join([*first, f"print('result', {last})", "client.close()"])
    out = run([sys.executable, "-c", script], gateway_user.environment, tmp_path)
    (result,) = re.findall(r"^result (.*)$", out, re.MULTILINE)
    assert 0.4 < float(result) < 0.6


@pytest.mark.parametrize("block", blocks("python server"), ids=str)
def test_a_script_for_the_rest_api_runs(block: Block, gateway_server: ServerProcess, gateway_user: GatewayUser, tmp_path: Path) -> None:
    url = gateway_server.url.removesuffix("pccompute")
    out = run([sys.executable, "-c", block.code], {"JUPYTER_URL": url, "JUPYTER_TOKEN": gateway_server.token}, tmp_path)
    assert out.startswith("running None\n")
    assert "from dask_gateway import GatewayCluster" in out
    assert {report["status"] for report in gateway_user.clusters().values()} <= {"STOPPING"}


@pytest.mark.parametrize("block", blocks("python pytest"), ids=str)
def test_a_test_with_our_fixtures_passes(block: Block, tmp_path: Path) -> None:
    (tmp_path / "test_example.py").write_text(block.code)
    out = run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_example.py"], {}, tmp_path)
    assert "1 passed" in out

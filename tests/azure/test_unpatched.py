"""Dask Cloud Provider and the Azure SDK as they are, on the stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from .stub.azure import Azure

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def test_a_cluster_from_its_beginning_to_its_end(azure: Azure) -> None:
    command = [sys.executable, "-m", "tests.azure.whole_life", json.dumps(azure.arguments)]
    program = subprocess.run(command, env={**os.environ, **azure.environment}, capture_output=True, text=True, timeout=300, check=False)
    assert program.returncode == 0, program.stdout + program.stderr
    told = program.stdout.splitlines()
    assert [line for line in told if line in ("computed 42", "left 0", "encrypted True")] == ["computed 42", "left 0", "encrypted True"]
    made = [request.partition("/")[0] for request in azure.requests if request.startswith("PUT")]
    assert made == ["PUT publicIPAddresses", *["PUT networkInterfaces", "PUT virtualMachines"] * 3]
    assert (azure.resources(), azure.machines()) == ([], {})


def test_the_program_ends_with_its_input() -> None:
    process = subprocess.Popen([sys.executable, "-m", "tests.azure.stub"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        told = json.loads(process.stdout.readline())
        assert set(told) == {"environment", "arguments"}
        for command, answer in (
            (["leftover", "1a2b3c4d"], 3),
            (["resources"], 3),
            (["fail", "token", "WRONG_SECRET"], None),
        ):
            process.stdin.write(json.dumps(command) + "\n")
            process.stdin.flush()
            done = json.loads(process.stdout.readline())["done"]
            assert (len(done) if isinstance(done, list) else done) == answer
        process.stdin.close()
        assert process.wait(timeout=60) == 0

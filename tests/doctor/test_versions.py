"""Which differences between a kernel and a cluster are shown, and which of them matter."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from pccompute_ext.cli import doctor, program
from pccompute_ext.errors import BackendFailed
from pccompute_ext.versions import PACKAGES, ClusterVersions, compare, expression, read_answer, versions_here

SAME: dict[str, str | None] = {**dict.fromkeys(PACKAGES), "python": "3.11.7", "dask": "2026.8.0", "numpy": "2.4.6", "xarray": "2026.1.0"}


def cluster(scheduler: dict[str, str | None] | None = None, *workers: dict[str, str | None]) -> ClusterVersions:
    return ClusterVersions(SAME | (scheduler or {}), [SAME | worker for worker in workers or ({},)])


def test_nothing_differs() -> None:
    assert compare(SAME, cluster({"python": "3.11.7.final.0"}, {"python": "3.11.7.final.0"})) == []


@pytest.mark.parametrize(
    ("package", "kernel", "there", "matters"),
    [
        ("python", "3.11.7", "3.11.9.final.0", False),
        ("python", "3.11.7", "3.12.7.final.0", True),
        ("dask", "2026.8.0", "2026.8.1", True),
        ("numpy", "2.4.6", "2.3.0", False),
        ("numpy", "2.4.6", "1.26.0", True),
        ("numpy", "2.4.6", None, True),
        ("numpy", None, "2.4.6", False),
        ("lz4", None, "4.0", False),
        ("tornado", "6.5", "6.4", False),
        ("xarray", "2026.1.0", "2026.1.1", False),
        ("xarray", "2026.1.0", "2025.1.0", True),
    ],
)
def test_a_package_that_differs(package: str, kernel: str | None, there: str | None, matters: bool) -> None:
    (found,) = compare(SAME | {package: kernel}, cluster({package: there}, {package: there}))
    assert (found.package, found.kernel, found.scheduler, found.workers, found.matters) == (package, kernel, there, [there], matters)
    assert found.advice


def test_a_scheduler_need_not_have_what_only_tasks_use() -> None:
    assert compare(SAME, cluster({"xarray": None})) == []
    assert [found.package for found in compare(SAME, ClusterVersions(SAME | {"xarray": None}, []))] == ["xarray"], "Nothing else is known."


def test_workers_that_differ_from_each_other() -> None:
    (found,) = compare(SAME, cluster(None, {}, {"numpy": "1.0"}, {"numpy": "1.0"}))
    assert found.workers == ["2.4.6", "1.0"]
    assert found.matters


def test_those_that_matter_come_first() -> None:
    found = compare(SAME | {"python": "3.11.1", "dask": "1"}, cluster())
    assert [each.package for each in found] == ["dask", "python"]


async def test_a_kernel_tells_its_versions_and_keeps_its_names_clean(jp_asyncio_loop: object) -> None:
    code = f"before = set(globals()) | {{'before', 'shown'}}\nshown = repr({expression()})\nassert set(globals()) == before\nprint(shown)"
    ran = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=100)
    assert read_answer(ran.stdout) == await versions_here()


@pytest.mark.parametrize("shown", ["", "1", "'{}'", "'[]'", "__import__('os')", "'" + "[" * 100_000, "'{\"python\": 1}'"])
def test_a_kernel_that_tells_something_else(shown: str) -> None:
    with pytest.raises(BackendFailed, match="can't be read"):
        read_answer(shown)


def test_from_a_terminal_without_a_gateway(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "configured_address", _none)
    assert program.main(["doctor"]) == 2
    assert "DASK_GATEWAY__ADDRESS" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        program.main(["doctor", "--help"])
    assert "--json" in capsys.readouterr().out


async def _none() -> None:
    return None

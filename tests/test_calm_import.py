"""Importing what is large: nothing else stands still for long, and all is as before afterwards."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pccompute_ext.backends.calm_import import calmly_imported

LARGE = """
kept = [[] for _ in range(300_000)]
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory from which modules can be imported; what is left out of collections for them is not any more afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        del sys.modules[name]
    gc.unfreeze()


def settings() -> tuple[object, ...]:
    return gc.isenabled(), gc.get_threshold(), sys.getswitchinterval()


@pytest.mark.parametrize(("calm", "expected"), [(False, True), (True, False)])
def test_no_full_collection_meanwhile(modules: Path, calm: bool, expected: bool) -> None:
    (modules / "large_module.py").write_text(LARGE)
    full: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            full.append(info["generation"])

    # So that it is due soon.
    gc.collect()
    gc.callbacks.append(note)
    try:
        module = calmly_imported("large_module") if calm else __import__("large_module")
    finally:
        gc.callbacks.remove(note)
    assert len(module.kept) == 300_000
    assert bool(full) is expected


def test_what_is_there_is_left_out_of_later_collections(modules: Path) -> None:
    (modules / "large_module.py").write_text(LARGE)
    before = settings()
    calmly_imported("large_module")
    assert gc.get_freeze_count() > 300_000
    assert settings() == before
    gc.unfreeze()
    calmly_imported("large_module")
    assert gc.get_freeze_count() == 0, "What is imported already changes nothing"


def test_all_is_as_before_after_a_failure_too(modules: Path) -> None:
    (modules / "broken_module.py").write_text("1 / 0")
    before = settings()
    with pytest.raises(ZeroDivisionError):
        calmly_imported("broken_module")
    assert settings() == before

"""A class whose package sets a handler of signals as it is imported."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from pccompute_ext.supervisor.cluster_thread import ClusterThread
from pccompute_ext.supervisor.loading import load

PACKAGE = """
import signal, threading
signal.signal(signal.SIGINT, signal.SIG_IGN)
class Cluster:
    imported_in = threading.current_thread()
"""


async def test_it_can_be_loaded_and_takes_no_signal_away(jp_asyncio_loop: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_class_that_handles_signals.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(tmp_path)
    before = signal.getsignal(signal.SIGINT)
    loaded = await load("a_class_that_handles_signals.Cluster", ClusterThread())
    assert loaded.imported_in is threading.main_thread()
    assert signal.getsignal(signal.SIGINT) is before


async def test_others_are_loaded_where_they_keep_nobody_waiting(jp_asyncio_loop: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_class_like_others.py").write_text(PACKAGE.replace("signal.signal(signal.SIGINT, signal.SIG_IGN)", ""))
    monkeypatch.syspath_prepend(tmp_path)
    loaded = await load("a_class_like_others.Cluster", ClusterThread())
    assert loaded.imported_in.name == "cluster"
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        await load("no_such_package.Cluster", ClusterThread())

"""One run of benchmarks: its effort, its directory, and the end of all that it started."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pccompute_ext.backends.local_leftovers import MARKER, new_mark

ROOT = Path(__file__).resolve().parents[2]
"""Of the checkout."""


@dataclass(frozen=True)
class Run:
    """What a benchmark is given.

    Attributes
    ----------
    directory
        For files; removed at the end.
    quick
        Whether this run only shows that the benchmarks work: its figures say little.
    """

    directory: Path
    quick: bool

    def of(self, full: int, quick: int) -> int:
        """How often, how many or how long."""
        return quick if self.quick else full

    def folder(self, name: str) -> Path:
        """A new folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.directory))


@contextmanager
def begin(*, quick: bool) -> Iterator[Run]:
    """A run. Every process that is started in it, by whomever, is ended after it, however it ends."""
    mark = new_mark()
    directory = Path(tempfile.mkdtemp(prefix="pccompute-bench-"))
    reaper = subprocess.Popen(
        [sys.executable, "-m", "pccompute_ext.testing.reaper", mark, str(directory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    _prepare_environment(mark)
    try:
        yield Run(directory, quick)
    finally:
        reaper.communicate()


def _prepare_environment(mark: str) -> None:
    """What all children inherit: the mark, this checkout's modules, and nothing of the settings of whoever runs this."""
    for name in list(os.environ):
        if name.startswith(("DASK_", "JUPYTER")):
            del os.environ[name]
    # Without compiled files every scheduler would compile all that it imports.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ[MARKER] = mark
    os.environ["PYTHONPATH"] = str(ROOT)

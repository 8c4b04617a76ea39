from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pccompute_ext.backends.own import OwnBackend

from .kit import backend_of, ended, machine

Odd = Callable[..., OwnBackend]


@pytest.fixture
def own(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[OwnBackend]:
    """Clusters of local processes."""
    backend = machine(tmp_path / "own")
    yield backend
    jp_asyncio_loop.run_until_complete(ended(backend))


@pytest.fixture
def odd(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Odd]:
    """Makes a backend of a class that misbehaves; each time another server's view of the same clusters."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    made: list[OwnBackend] = []

    monkeypatch.setenv("ODD_THINGS", str(tmp_path))

    def make(cls: str, sweeper: str | None = None, **limits: Any) -> OwnBackend:
        made.append(backend_of(tmp_path / "odd", {"class": f"odd_clusters.{cls}", "limits": limits, "sweeper": sweeper}))
        return made[-1]

    yield make
    for backend in made:
        jp_asyncio_loop.run_until_complete(ended(backend))

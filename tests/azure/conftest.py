from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pccompute_ext.backends.own import OwnBackend
from tests.own.kit import ended

from .clusters import NOT_OURS
from .kit import sign_in, subscription
from .stub.azure import Azure, running

MakeOwn = Callable[..., OwnBackend]


@pytest.fixture
def azure() -> Iterator[Azure]:
    """A stand-in for Azure of the test's own; nothing but it is reached through its proxy."""
    with running() as azure:
        yield azure
        assert azure.strangers == []


@pytest.fixture
def make_own(jp_asyncio_loop: asyncio.AbstractEventLoop, tmp_path: Path, azure: Azure, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeOwn]:
    """Makes backends of one server; what belongs to nobody stays."""
    sign_in(azure, monkeypatch)
    leftover = azure.add_leftover(NOT_OURS)
    made: list[OwnBackend] = []

    def make(**limits: Any) -> OwnBackend:
        made.append(subscription(tmp_path, defaults=azure.arguments, limits={"workers": 2, **limits}))
        return made[-1]

    yield make
    azure.let_go_on()
    for backend in made:
        jp_asyncio_loop.run_until_complete(ended(backend))
    assert azure.resources_of(NOT_OURS) == leftover


@pytest.fixture
def own(make_own: MakeOwn) -> OwnBackend:
    """Clusters of Azure's virtual machines."""
    return make_own()

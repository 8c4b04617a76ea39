from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stub.azure import Azure, running


@pytest.fixture
def azure() -> Iterator[Azure]:
    """A stand-in for Azure of the test's own; nothing but it is reached through its proxy."""
    with running() as azure:
        yield azure
        assert azure.strangers == []

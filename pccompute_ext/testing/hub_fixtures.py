"""A pytest plugin with a real JupyterHub. Use it with ``pytest_plugins = ["pccompute_ext.testing.hub_fixtures"]`` in a ``conftest.py``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .hub import HubProcess
from .hub_settings import ALICE, BOB
from .hub_user import HubUser


@pytest.fixture(scope="session")
def hub() -> Iterator[HubProcess]:
    """A hub that all tests of a run share. It stays up: a test that stops its hub makes its own ``HubProcess``."""
    process = HubProcess()
    try:
        process.start()
        yield process
    finally:
        process.close()


@pytest.fixture(scope="session")
def alice(hub: HubProcess) -> HubUser:
    """The user whose name is an e-mail address."""
    return hub.user(ALICE)


@pytest.fixture(scope="session")
def bob(hub: HubProcess) -> HubUser:
    """Another user."""
    return hub.user(BOB)

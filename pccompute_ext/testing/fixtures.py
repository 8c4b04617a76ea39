"""A pytest plugin with a real Dask Gateway. Use it with ``pytest_plugins = ["pccompute_ext.testing.fixtures"]`` in a ``conftest.py``."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from .gateway_process import GatewayProcess
from .gateway_user import GatewayUser


@pytest.fixture(scope="session")
def gateway_process() -> Iterator[GatewayProcess]:
    """A gateway that all tests of a run share. It stays up: a test that stops its gateway uses ``own_gateway``."""
    gateway = GatewayProcess()
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.close()


@pytest.fixture
def gateway_user(gateway_process: GatewayProcess) -> Iterator[GatewayUser]:
    """A new user of the shared gateway. Its clusters are stopped after the test."""
    user = GatewayUser(gateway_process, f"user-{secrets.token_hex(4)}")
    yield user
    user.stop_all()


@pytest.fixture
def own_gateway() -> Iterator[GatewayProcess]:
    """A running gateway for one test, which may stop, kill and start it."""
    gateway = GatewayProcess()
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.close()


@pytest.fixture
def configured_gateway(gateway_user: GatewayUser) -> Iterator[GatewayUser]:
    """``gateway_user``, with Dask's configuration of this process naming the gateway and the user."""
    import dask.config

    # The defaults of dask_gateway's own keys come with its import, and must not come later than what is set here.
    import dask_gateway  # noqa: F401

    with dask.config.set(gateway_user.dask_config):
        yield gateway_user

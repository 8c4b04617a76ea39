"""Where the dashboards of both kinds of backend are, on real servers."""

from __future__ import annotations

import aiohttp
import pytest

from pccompute_ext.backends.base import Backend
from pccompute_ext.errors import NotFound

from .kit import running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


async def test_a_running_cluster_has_a_dashboard_at_an_address_that_is_not_shown(backend: Backend) -> None:
    name = await running(backend)
    assert (await backend.describe(name)).dashboard
    target = await backend.dashboard(name)
    assert target is not None
    assert target.secret == name
    assert repr(target) == "DashboardTarget()"
    async with aiohttp.ClientSession() as session, session.get(f"{target.url}/individual-plots.json") as answer:
        assert "/individual-task-stream" in (await answer.json()).values()


async def test_a_cluster_that_is_not_there_has_none(backend: Backend) -> None:
    with pytest.raises(NotFound):
        await backend.dashboard("0" * 32)

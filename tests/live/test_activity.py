"""The panel does not keep an idle server alive."""

from __future__ import annotations

from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp

from pccompute_ext.backends.base import Backend
from pccompute_ext.roster import found_id
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.conftest import Api

LOOKS = (
    "",
    "backends",
    "clusters",
    "clusters/{id}",
    "clusters/{id}/snippets",
    "clusters/{id}/workers",
    "clusters/{id}/logs",
    "backends/fake/options",
)


@pytest.fixture
def backends(fake: FakeBackend) -> list[Backend]:
    fake.add("there")
    return [fake]


def last_activity(server: ServerApp) -> Any:
    """What a culler of idle servers looks at."""
    return server.web_app.last_activity()  # type: ignore[no-untyped-call]


async def test_looking_is_no_activity(api: Api, server: ServerApp) -> None:
    before = last_activity(server)
    for look in LOOKS:
        answer = await api.request("GET", look.format(id=found_id("fake", "there")))
        assert answer.status == 200, (look, answer)
    assert last_activity(server) == before


async def test_doing_something_is(api: Api, server: ServerApp) -> None:
    before = last_activity(server)
    assert (await api.request("POST", f"clusters/{found_id('fake', 'there')}/scale", {"count": 1})).status == 202
    assert last_activity(server) > before

"""When a class is looked at: it takes a process each time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pccompute_ext.backends import own_form
from pccompute_ext.backends.own_entry import OwnEntry
from pccompute_ext.backends.own_form import OwnForm
from pccompute_ext.errors import Unavailable


async def test_what_does_not_work_is_tried_again_after_a_while(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    looks: list[str] = []
    installed = False

    async def look(_: str | None, class_path: str) -> dict[str, Any]:
        looks.append(class_path)
        if not installed:
            raise Unavailable("It is not installed.")
        return {"size": {"type": "string"}}

    monkeypatch.setattr(own_form, "look_at_class", look)
    monkeypatch.setattr(own_form, "time", SimpleNamespace(monotonic=lambda: now))
    form = OwnForm(OwnEntry(id="own", label="Own", class_path="site.Cluster"))
    for _ in range(3):
        with pytest.raises(Unavailable, match="not installed"):
            await form.look()
    assert len(looks) == 1
    installed = True
    now += own_form._FAILED_FOR
    for _ in range(3):
        assert list(await form.look()) == ["size"]
    assert len(looks) == 2

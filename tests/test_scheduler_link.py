"""How often schedulers that have nothing to tell give a sign of life."""

from __future__ import annotations

import pytest

from pccompute_ext.backends.scheduler_link import _sign_of_life


@pytest.mark.parametrize(("links", "longest"), [(1, 5.0), (250, 5.0), (1000, 20.0)])
def test_the_signs_of_very_many_come_less_often_and_spread(links: int, longest: float) -> None:
    found = {_sign_of_life(links) for _ in range(100)}
    assert len(found) > 1
    assert 0.8 * longest <= min(found) <= max(found) <= longest

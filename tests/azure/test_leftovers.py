"""Where leftovers are looked for, and what is told where that goes wrong: without Azure, which answers as it does in :mod:`.test_answers`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pccompute_ext.azure import leftovers
from pccompute_ext.azure.resource_manager import AzureRefused
from pccompute_ext.azure.resources import KINDS, Resource
from pccompute_ext.azure.subscription import NoSubscription

REFUSED = AzureRefused(403, "AuthorizationFailed", "You may not")


class Azure:
    """Its subscriptions by id, each with what comes of looking into it, or into one of its resource groups."""

    def __init__(self, **subscriptions: Any) -> None:
        self.answers: dict[str, Any] = subscriptions
        self.visible = [{"subscriptionId": id, "displayName": id.title()} for id in subscriptions if "_" not in id]
        self.clock = 0.0
        self.takes = 0.0

    def subscriptions(self) -> list[dict[str, Any]]:
        return self.visible

    def find(self, _: Any, subscription: str, groups: list[str | None]) -> list[Resource]:
        self.clock += self.takes
        answer = self.answers["_".join(filter(None, (subscription, *groups))).lower()]
        if isinstance(answer, Exception):
            raise answer
        return [Resource(f"/{one}", KINDS[0], one, one, "dask", subscription, None) for one in answer]


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(leftovers, "configured_subscription", lambda: None)

    def look_into(azure: Azure, **options: Any) -> tuple[list[str], list[str], str | None]:
        monkeypatch.setattr(leftovers, "ResourceManager", lambda: azure)
        monkeypatch.setattr(leftovers, "find", azure.find)
        monkeypatch.setattr(leftovers, "time", SimpleNamespace(monotonic=lambda: azure.clock))
        told = leftovers.leftovers(options)
        return [one["cluster"] for one in told["leftovers"]], told["looked_into"], told["reason"]

    return look_into


def handle(subscription: str, group: str) -> dict[str, str]:
    return {"cluster-id": "known", "subscription": subscription, "resource-group": group}


def test_all_that_can_be_seen_are_looked_into(look: Any) -> None:
    assert look(Azure(a=["one"], b=["two"])) == (["one", "two"], ["the subscription A", "the subscription B"], None)
    assert look(Azure(a=["one"], b=["two"]), subscription_id="b") == (["two"], ["the subscription B"], None)
    with pytest.raises(NoSubscription, match="may see no subscription"):
        look(Azure())


def test_the_entrys_groups_are_in_its_own_subscription(look: Any) -> None:
    azure = Azure(a=REFUSED, a_mine=["one"], b=REFUSED, b_theirs=["two"])
    found = look(azure, subscription_id="a", resource_group="mine", handles=[handle("B", "theirs"), handle("b", "THEIRS")])
    assert found[1] == ["the resource group mine of the subscription A", "the resource group theirs of the subscription B"]
    assert found[0::2] == (["one", "two"], "Not everything could be looked at: You may not (AuthorizationFailed)")


def test_one_that_does_not_answer_keeps_nobody_from_the_others(look: Any) -> None:
    broken = ConnectionError("There is no way.")
    assert look(Azure(a=broken, b=["two"])) == (
        ["two"],
        ["the subscription B"],
        "Not everything could be looked at: ConnectionError: There is no way.",
    )
    with pytest.raises(ConnectionError):
        look(Azure(a=broken, b=broken))


def test_what_other_sweepers_know_is_no_subscription(look: Any) -> None:
    handles = [{"subscription": "weekly"}, {"directory": "/jobs"}]
    assert look(Azure(a=["one"]), handles=handles) == (["one"], ["the subscription A"], None)


def test_clusters_of_earlier_are_looked_for_where_no_subscription_can_be_seen(look: Any) -> None:
    azure = Azure(a=["one"])
    azure.visible = []
    assert look(azure, handles=[handle("a", "dask")]) == (["one"], ["the subscription a"], None)


def test_it_ends_in_time(look: Any) -> None:
    azure = Azure(**{f"s{number}": [f"c{number}"] for number in range(100)})
    azure.takes = leftovers._WITHIN / 10
    found, into, reason = look(azure)
    assert 10 <= len(found) == len(into) < 30
    assert "too many subscriptions" in reason

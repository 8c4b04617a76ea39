"""What clusters have left behind in subscriptions, or still use: which of them are known here, only the server can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from .resource_manager import AzureRefused, ResourceManager
from .resources import Resource, find
from .subscription import configured_subscription, visible

_AT_ONCE: Final = 4


@dataclass
class _Looked:
    """What came of looking into one subscription."""

    found: list[Resource] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    refused: list[AzureRefused] = field(default_factory=list)


def leftovers(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resources of all clusters, by cluster, with where they were looked for, and why not everywhere.

    Looks into the subscription that is chosen or configured, else into all that the sign-in may see; and into those of clusters of earlier.

    Parameters
    ----------
    options
        May hold ``handles``, what sweepers know of the clusters that are known here, and ``groups``, the resource groups to look into where the
        sign-in may not look everywhere.

    Raises
    ------
    NoSubscription
        The sign-in sees none.
    AzureRefused
        It may look nowhere.
    """
    manager = ResourceManager()
    handles: Sequence[Mapping[str, str]] = options.get("handles") or ()
    names = _names_of(manager)
    chosen = options.get("subscription_id") or configured_subscription()
    subscriptions = _once([*([str(chosen)] if chosen else visible(names)), *(one["subscription"] for one in handles if "subscription" in one)])

    def look(subscription: str) -> _Looked:
        there = [one for one in handles if one.get("subscription", "").lower() == subscription.lower()]
        groups = _once([*(options.get("groups") or ()), *(one.get("resource-group", "") for one in there)])
        return _look(manager, subscription, names.get(subscription.lower(), subscription), groups)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked = list(pool.map(look, subscriptions))
    into = [words for one in looked for words in one.into]
    refused = [error for one in looked for error in one.refused]
    if refused and not into:
        raise refused[0]
    by_cluster = _by_cluster([resource for one in looked for resource in one.found], names)
    reason = f"Azure does not let this sign-in look everywhere: {refused[0]}" if refused else None
    return {"leftovers": by_cluster, "looked_into": into, "reason": reason}


def _names_of(manager: ResourceManager) -> dict[str, str]:
    """The subscriptions that the sign-in may see: their names by their ids, in lower case."""
    return {str(one["subscriptionId"]).lower(): str(one.get("displayName") or one["subscriptionId"]) for one in manager.subscriptions()}


def _look(manager: ResourceManager, subscription: str, name: str, groups: Sequence[str]) -> _Looked:
    looked = _Looked()
    try:
        looked.found += find(manager, subscription, [None])
        looked.into.append(f"the subscription {name}")
    except AzureRefused as refused:
        looked.refused.append(refused)
        if refused.status == 403:
            for group in groups:
                _look_into(group, manager, subscription, name, looked)
    return looked


def _look_into(group: str, manager: ResourceManager, subscription: str, name: str, looked: _Looked) -> None:
    try:
        looked.found += find(manager, subscription, [group])
        looked.into.append(f"the resource group {group} of the subscription {name}")
    except AzureRefused as refused:
        looked.refused.append(refused)


def _by_cluster(found: Sequence[Resource], names: Mapping[str, str]) -> list[dict[str, Any]]:
    clusters: dict[tuple[str, str, str], list[Resource]] = {}
    for one in found:
        # Azure does not always write the name of a group in the same case.
        clusters.setdefault((one.cluster, one.subscription.lower(), one.group.lower()), []).append(one)
    return [
        {
            # A cluster's own id is a short one, and may be there twice.
            "id": f"{cluster}-{hashlib.blake2s(f'{subscription}/{group}'.encode(), digest_size=4).hexdigest()}",
            "cluster": cluster,
            "place": f"resource group {of_one[0].group}, subscription {names.get(subscription, subscription)}",
            "handle": {"cluster-id": cluster, "resource-group": of_one[0].group, "subscription": of_one[0].subscription},
            "resources": [one.words for one in of_one],
        }
        for (cluster, subscription, group), of_one in sorted(clusters.items())
    ]


def _once(names: Iterable[str]) -> list[str]:
    """Each of them once, in whatever case it is written."""
    return list({name.lower(): name for name in names if name}.values())

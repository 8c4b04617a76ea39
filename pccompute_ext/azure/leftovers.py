"""What clusters have left behind in a subscription, or still use: which of them are known here, only the server can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .resource_manager import AzureRefused, ResourceManager
from .resources import Resource, find
from .subscription import subscription_of


def leftovers(options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the resources of all clusters, by cluster: its id, what a sweeper needs to find them again, and each in words.

    ``options`` may hold ``groups``, the resource groups to look into where the sign-in may not look everywhere.
    """
    manager = ResourceManager()
    subscription = subscription_of(options, manager)
    try:
        found = find(manager, subscription, [None])
    except AzureRefused as refused:
        groups: Sequence[str] = options.get("groups") or ()
        if refused.status != 403 or not groups:
            raise
        found = find(manager, subscription, groups)
    clusters: dict[tuple[str, str], list[Resource]] = {}
    for one in found:
        # Azure does not always write the name of a group in the same case.
        clusters.setdefault((one.cluster, one.group.lower()), []).append(one)
    return [
        {
            "id": id,
            "handle": {"cluster-id": id, "resource-group": of_one[0].group, "subscription": subscription},
            "resources": [one.words for one in of_one],
        }
        for (id, _), of_one in sorted(clusters.items())
    ]

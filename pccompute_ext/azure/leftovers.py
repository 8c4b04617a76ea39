"""What clusters have left behind in subscriptions, or still use: which of them are known here, only the server can tell."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from ..supervisor.root_cause import root_cause
from .resource_manager import AzureRefused, ResourceManager
from .resources import Resource, find
from .subscription import NoSubscription, configured_subscription, visible
from .sweeper import KEYS, handle_of

_AT_ONCE: Final = 4
_WITHIN: Final = 40.0
"""Seconds after which no further subscription is begun with."""


@dataclass(frozen=True)
class _Place:
    """A subscription, and the resource groups in it to look into where the sign-in may not look everywhere."""

    subscription: str
    name: str
    groups: Sequence[str]


@dataclass
class _Looked:
    """What came of looking into one subscription."""

    found: list[Resource] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)


def leftovers(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resources of all clusters, by cluster, with where they were looked for, and why not everywhere.

    Looks into the subscription that is chosen or configured, else into all that the sign-in may see; and into those of clusters of earlier.

    Parameters
    ----------
    options
        Those of the entry, with its ``resource_group``, into which to look where the sign-in may not look everywhere; and ``handles``, what
        sweepers know of the clusters that are known here.

    Raises
    ------
    NoSubscription
        The sign-in sees none.
    AzureRefused
        It may look nowhere.
    """
    manager = ResourceManager()
    # Of this provider's sweeper; others know their clusters by something else.
    handles = [one for one in options.get("handles") or () if one.keys() >= KEYS]
    chosen = options.get("subscription_id") or configured_subscription()
    names = _names_of(manager, needed=not (chosen or handles))
    places = _places(str(chosen) if chosen else None, names, options.get("resource_group"), handles)
    end = time.monotonic() + _WITHIN
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked = list(pool.map(lambda place: _look(manager, place, end), places))
    into = [words for one in looked for words in one.into]
    errors = [error for one in looked for error in one.errors]
    if errors and not into:
        raise errors[0]
    by_cluster = _by_cluster([resource for one in looked for resource in one.found], names)
    reason = f"Not everything could be looked at: {_words(errors[0])}" if errors else None
    return {"leftovers": by_cluster, "looked_into": into, "reason": reason}


def _names_of(manager: ResourceManager, *, needed: bool) -> dict[str, str]:
    """The subscriptions that the sign-in may see: their names by their ids, in lower case."""
    try:
        return {str(one["subscriptionId"]).lower(): str(one.get("displayName") or one["subscriptionId"]) for one in manager.subscriptions()}
    except AzureRefused:
        if needed:
            raise
        return {}


def _places(chosen: str | None, names: Mapping[str, str], group: str | None, handles: Sequence[Mapping[str, str]]) -> list[_Place]:
    of_handles = [one["subscription"] for one in handles]
    wanted = [chosen] if chosen else list(names) if of_handles else visible(names)
    places = []
    for subscription in _once([*wanted, *of_handles]):
        there = [one["resource-group"] for one in handles if one["subscription"].lower() == subscription.lower()]
        if group and subscription in wanted:
            # The entry's own is in its own subscription, if it has one.
            there.insert(0, group)
        places.append(_Place(subscription, names.get(subscription.lower(), subscription), _once(there)))
    return places


def _look(manager: ResourceManager, place: _Place, end: float) -> _Looked:
    looked = _Looked()
    if time.monotonic() > end:
        looked.errors.append(NoSubscription("there are too many subscriptions to look into all of them in time. Set AZURE_SUBSCRIPTION_ID to one."))
        return looked
    error = _find(manager, place, None, looked)
    if isinstance(error, AzureRefused) and error.status == 403:
        for group in place.groups:
            _find(manager, place, group, looked)
    return looked


def _find(manager: ResourceManager, place: _Place, group: str | None, looked: _Looked) -> Exception | None:
    """Look into a subscription, or one resource group of it; what goes wrong there keeps nobody from looking elsewhere."""
    try:
        looked.found += find(manager, place.subscription, [group])
    except Exception as error:
        looked.errors.append(error)
        return error
    looked.into.append((f"the resource group {group} of " if group else "") + f"the subscription {place.name}")
    return None


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
            "handle": handle_of(cluster, of_one[0].group, of_one[0].subscription),
            "resources": [one.words for one in of_one],
        }
        for (cluster, subscription, group), of_one in sorted(clusters.items())
    ]


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, AzureRefused | NoSubscription) else root_cause(error)


def _once(names: Iterable[str]) -> list[str]:
    """Each of them once, in whatever case it is written, as it is written first."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.lower(), name)
    return list(first.values())

"""Which subscription is meant where nobody has said so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .resource_manager import ResourceManager


class NoSubscription(Exception):
    """It is not clear which one; the message says what to do."""


def configured_subscription() -> str | None:
    """The one of Dask's configuration, or of the environment."""
    configured = import_module("dask.config").get("cloudprovider.azure.subscription_id", None)
    return configured or os.environ.get("AZURE_SUBSCRIPTION_ID") or None


def subscription_of(options: Mapping[str, Any], manager: ResourceManager) -> str:
    """The one that was chosen, is configured, or is the only one that the sign-in can see.

    Raises
    ------
    NoSubscription
        It sees none, or several.
    """
    if chosen := options.get("subscription_id") or configured_subscription():
        return str(chosen)
    seen = manager.subscriptions()
    first, *others = visible(str(one["subscriptionId"]) for one in seen)
    if not others:
        return first
    names = ", ".join(f"{one.get('displayName')} ({one['subscriptionId']})" for one in seen[:5])
    raise NoSubscription(f"The sign-in can use several subscriptions: {names}. Enter the id of the one to use, or set AZURE_SUBSCRIPTION_ID.")


def visible(seen: Iterable[str]) -> list[str]:
    """Return all that the sign-in can see.

    Raises
    ------
    NoSubscription
        It sees none.
    """
    if not (ids := list(seen)):
        raise NoSubscription("The sign-in works, but it may see no subscription. Ask whoever administers the subscription for a role in it.")
    return ids

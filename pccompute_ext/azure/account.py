"""With which sign-in Azure lets clusters be made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .resource_manager import AzureRefused, ResourceManager
from .sign_in import NotSignedIn, check_sign_in
from .subscription import NoSubscription, subscription_of

METHODS: Final = {
    "EnvironmentCredential": "the environment variables AZURE_…",
    "WorkloadIdentityCredential": "the workload identity of this pod",
    "ManagedIdentityCredential": "the managed identity of this machine",
    "SharedTokenCacheCredential": "a Microsoft application on this machine",
    "VisualStudioCodeCredential": "Visual Studio Code",
    "AzureCliCredential": "az login",
    "AzurePowerShellCredential": "Azure PowerShell",
    "AzureDeveloperCliCredential": "azd auth login",
    "BrokerCredential": "the sign-in of this computer",
}


def account(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether somebody is signed in, by what, and what to do."""
    manager = ResourceManager()
    try:
        check_sign_in(manager.credential)
    except NotSignedIn as error:
        return {"signed_in": False, "method": None, "text": str(error)}
    used = type(getattr(manager.credential, "_successful_credential", None)).__name__
    method = METHODS.get(used)
    signed_in = f"Signed in to Azure by {method or 'what was found here'}"
    try:
        subscription = subscription_of(options, manager)
        name = next((one.get("displayName") for one in manager.subscriptions() if one["subscriptionId"].lower() == subscription.lower()), None)
    except (AzureRefused, NoSubscription) as error:
        return {"signed_in": True, "method": method, "text": f"{signed_in}. {error}"}
    if name is None:
        text = f"{signed_in}, which may not see the subscription {subscription}. Ask whoever administers it for a role in it."
        return {"signed_in": True, "method": method, "text": text}
    return {"signed_in": True, "method": method, "text": f"{signed_in}, in the subscription {name}."}

"""With which sign-in Azure lets clusters be made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from azure.core.exceptions import ClientAuthenticationError

from .resource_manager import SCOPE, AzureRefused, ResourceManager
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

SIGN_IN: Final = (
    "Run az login in a terminal of this server, give its machine a managed identity with a role in the subscription, or set AZURE_TENANT_ID, "
    "AZURE_CLIENT_ID and AZURE_CLIENT_SECRET before the server starts."
)


def account(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether somebody is signed in, by what, and what to do."""
    manager = ResourceManager()
    try:
        manager.credential.get_token(SCOPE)
    except ClientAuthenticationError as error:
        return _missing(str(error))
    used = type(getattr(manager.credential, "_successful_credential", None)).__name__
    method = METHODS.get(used)
    signed_in = f"Signed in to Azure by {method or 'what was found here'}"
    try:
        subscription = subscription_of(options, manager)
        name = next((one.get("displayName") for one in manager.subscriptions() if one["subscriptionId"] == subscription), None)
    except (AzureRefused, NoSubscription) as error:
        return {"signed_in": True, "method": method, "text": f"{signed_in}. {error}"}
    if name is None:
        text = f"{signed_in}, which may not see the subscription {subscription}. Ask whoever administers it for a role in it."
        return {"signed_in": True, "method": method, "text": text}
    return {"signed_in": True, "method": method, "text": f"{signed_in}, in the subscription {name}."}


def _missing(words: str) -> dict[str, Any]:
    """Nobody is signed in. Where something was there and was refused, Azure's words tell more."""
    refused = re.search(r"AADSTS\d+:[^\n]*", words)
    if refused:
        told = refused[0].partition(" Trace ID:")[0].strip()
        return {"signed_in": False, "method": None, "text": f"Azure refuses the sign-in of this server: {told} Correct it, or sign in another way."}
    return {"signed_in": False, "method": None, "text": f"Nobody is signed in to Azure on this server. {SIGN_IN}"}

"""Whether somebody is signed in to Azure, and what to do where nobody is."""

from __future__ import annotations

import re
from typing import Final

from azure.core.credentials import TokenCredential
from azure.core.exceptions import ClientAuthenticationError

from .resource_manager import SCOPE

HOW_TO: Final = (
    "Run az login in a terminal of this server, give its machine a managed identity with a role in the subscription, or set AZURE_TENANT_ID, "
    "AZURE_CLIENT_ID and AZURE_CLIENT_SECRET before the server starts."
)


class NotSignedIn(Exception):
    """Nobody is; the message says why, as far as that is known, and what to do."""


def check_sign_in(credential: TokenCredential) -> None:
    """Raise :class:`NotSignedIn` where nobody is."""
    try:
        credential.get_token(SCOPE)
        return
    except ClientAuthenticationError as error:
        words = str(error)
    # Where something was there and was refused, Azure's words tell more.
    if refused := re.search(r"AADSTS\d+:[^\n]*", words):
        told = refused[0].partition(" Trace ID:")[0].strip()
        raise NotSignedIn(f"Azure refuses the sign-in of this server: {told} Correct it, or sign in another way.")
    raise NotSignedIn(f"Nobody is signed in to Azure on this server. {HOW_TO}")

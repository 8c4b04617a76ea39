"""Whether the gateway takes the credential."""

from __future__ import annotations

from ...backends.gateway_credential import GatewayCredential
from ...backends.gateway_settings import OPTIONS
from ...credentials import Credential
from ...errors import BackendFailed, BackendTimeout, CredentialNeeded
from ..outcome import Outcome, failed, passed, skipped, warned
from ..step import Subject


async def verify_token(subject: Subject) -> Outcome:
    """Whether there is a credential, and what the hub says of it."""
    credential = (await subject.connection.get()).credential
    target = credential.target if credential else None
    if credential is None or target is None:
        return skipped("The way to authenticate at this gateway takes no credential that could be looked at here.")
    held = await credential.held()
    if held is None:
        where = f" Make a token at {credential.hub.token_page}." if credential.hub else ""
        return failed(f"There is no {target.kind} for {target.origin}.", f"Sign in to this gateway.{where}")
    if not held.usable:
        return failed(f"The {target.kind} (kept in {held.where}) was refused or has expired.", "Sign in again with a new one.")
    return await _ask_hub(credential, held.credential, held.where, from_environment=held.source == "environment")


async def _ask_hub(known: GatewayCredential, credential: Credential, where: str, *, from_environment: bool) -> Outcome:
    try:
        identity = await known.identify(credential, from_environment=from_environment)
    except CredentialNeeded as error:
        return failed(f"{error.message} It is kept in {where}.", "Sign in again with a new one.")
    except (BackendFailed, BackendTimeout) as error:
        return warned(f"The hub could not be asked: {error.message}", "Check the hub's address; the gateway may work nevertheless.")
    if identity is None:
        return passed(f"There is a credential, kept in {where}. Whose it is can't be asked, since no hub of this gateway is known.")
    until = f", until {identity.expires:%d %B %Y at %H:%M} UTC" if identity.expires else ""
    if known.scope is not None and identity.lacks([known.scope]):
        return failed(
            f"The token of {identity.user} is valid, but lacks {known.scope}.",
            "Make a token that has this scope; if you can't choose it, the administrator of the hub has to allow it to you.",
        )
    return passed(f"The token of {identity.user} is valid{until}; it is kept in {where}.")


async def read_options(subject: Subject) -> Outcome:
    """Whether the gateway answers with the credential."""
    http = (await subject.connection.get()).http
    try:
        answer = await http.request("GET", OPTIONS)
    except CredentialNeeded as error:
        return failed(error.message, "Sign in again. If the token is good, it may lack the scope for this gateway.")
    fields = answer.get("cluster_options") if isinstance(answer, dict) else None
    if not isinstance(fields, list):
        return failed("The gateway's description of its options can't be read.", "Its version may not be supported: update dask-gateway.")
    names = ", ".join(str(field.get("field")) for field in fields if isinstance(field, dict))
    return passed(f"Clusters have these options: {names}." if names else "Clusters have no options.")

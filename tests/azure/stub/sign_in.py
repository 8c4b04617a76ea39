"""login.microsoftonline.com: tokens for whoever knows the secret."""

from __future__ import annotations

import secrets
from typing import Any, Final
from urllib.parse import parse_qs

from .errors import WRONG_SECRET
from .script import Fault, Hold, Script
from .web import Answer, Request

HOST: Final = "login.microsoftonline.com"

TENANT: Final = "11111111-2222-3333-4444-555555555555"
CLIENT: Final = "66666666-7777-8888-9999-000000000000"


class SignIn:
    """Gives out tokens, and knows them again."""

    def __init__(self, script: Script) -> None:
        self.secret = secrets.token_urlsafe(24)
        self._script = script
        self._tokens: set[str] = set()

    def knows(self, authorization: str | None) -> bool:
        """Whether the header holds a token from here."""
        return (authorization or "").removeprefix("Bearer ") in self._tokens

    def give(self) -> str:
        """Return a new token, for who has proved in another way who they are."""
        token = secrets.token_urlsafe(32)
        self._tokens.add(token)
        return token

    def __call__(self, request: Request) -> Answer:
        if request.path.endswith("/token") and request.method == "POST":
            return self._token(request)
        if request.path.endswith("/discovery/instance"):
            return Answer(content={"tenant_discovery_endpoint": f"https://{HOST}/{TENANT}/v2.0/.well-known/openid-configuration", "metadata": []})
        if request.path.endswith("/openid-configuration"):
            return Answer(content=_configuration())
        return Answer(404)

    def _token(self, request: Request) -> Answer:
        match self._script.take("token"):
            case Fault(answer):
                return answer
            case Hold() as hold:
                hold.wait()
        form = parse_qs(request.body.decode())
        if form.get("client_secret") != [self.secret] or form.get("client_id") != [CLIENT] or f"/{TENANT}/" not in request.path:
            return WRONG_SECRET
        return Answer(content={"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": self.give()})


def _configuration() -> dict[str, Any]:
    base = f"https://{HOST}/{TENANT}"
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "jwks_uri": f"{base}/discovery/v2.0/keys",
    }

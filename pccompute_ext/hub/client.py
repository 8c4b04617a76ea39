"""A small client for the part of JupyterHub's REST API that tells of tokens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urljoin

import msgspec

from ..credentials.origin import Origin
from ..credentials.secret import Secret
from ..errors import BackendFailed, BackendTimeout, BadRequest, ComputeError
from .address import HubAddress
from .errors import ScopesMissing, TokenExpired, TokenMissing, TokenRefused
from .identity import TokenIdentity

if TYPE_CHECKING:
    import aiohttp

_LARGEST_ANSWER: Final = 2**20
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_MOST_REDIRECTS: Final = 5
_REFUSALS: Final = {401, 403}


class HubClient:
    """Asks one hub, and never sends a token to any other origin.

    Parameters
    ----------
    address
        Of the hub.
    timeout
        Seconds for each of the two or three requests of a call.
    """

    def __init__(self, address: HubAddress, timeout: float = 15.0) -> None:
        self.address = address
        self._timeout = timeout

    async def version(self) -> str:
        """Return the version of JupyterHub that runs there, which needs no token.

        Raises
        ------
        BackendFailed, BackendTimeout
            There is no JupyterHub at the address, or it can't be reached.
        """
        status, answer = await self._get("", None)
        version = answer.get("version") if isinstance(answer, dict) else None
        if status != 200 or not isinstance(version, str):
            raise BackendFailed(f"There is no JupyterHub at {self.address} (the answer was {status}). Check the address.")
        return version

    async def verify(self, token: Secret | None, needs: Collection[str] = (), *, expires: datetime | None = None) -> TokenIdentity:
        """Return whose a token is, what it may do, and when it ends.

        Parameters
        ----------
        needs
            The scopes that it must have.
        expires
            When it ends, as far as that was learned before. The hub itself forgets a token with its end.

        Raises
        ------
        TokenMissing, TokenExpired, TokenRefused, ScopesMissing
            It can't be used.
        BackendFailed, BackendTimeout
            The hub can't be asked, so nothing is known of the token.
        """
        if token is None:
            raise TokenMissing(self.address.token_page)
        status, answer = await self._get("/user", token)
        if status in _REFUSALS:
            # Something else than a hub may refuse everything: then it is not the token that is wrong.
            await self.version()
            if expires is not None and expires <= datetime.now(UTC):
                raise TokenExpired(self.address.token_page, expires)
            raise TokenRefused(self.address.token_page)
        if status != 200 or not isinstance(answer, dict) or not isinstance(answer.get("name"), str):
            raise BackendFailed(
                f"{self.address} did not say whose the token is (the answer was {status}). Check that it is the address of a JupyterHub."
            )
        identity = await self._with_expiry(answer, token)
        if missing := identity.lacks(needs):
            raise ScopesMissing(self.address.token_page, identity.user, missing)
        return identity

    async def _with_expiry(self, answer: dict[str, Any], token: Secret) -> TokenIdentity:
        user = answer["name"]
        scopes = answer.get("scopes")
        known = frozenset(map(str, scopes)) if isinstance(scopes, list) else None
        if isinstance(answer.get("token_id"), str) and answer.get("kind") == "user":
            status, details = await self._get(f"/users/{quote(user, safe='')}/tokens/{quote(answer['token_id'], safe='')}", token)
            if status == 200 and isinstance(details, dict) and "expires_at" in details:
                with contextlib.suppress(TypeError, ValueError):  # what is no time leaves the end unknown
                    return TokenIdentity(user, known, _time(details["expires_at"]), expiry_known=True)
        return TokenIdentity(user, known)

    async def _get(self, path: str, token: Secret | None) -> tuple[int, Any]:
        """Ask the API, and return the status and the decoded answer (``None`` where it is no JSON)."""
        import aiohttp

        try:
            async with asyncio.timeout(self._timeout), aiohttp.ClientSession(trust_env=True) as session:
                status, body = await self._follow(session, f"{self.address.api}{path or '/'}", token)
        except ComputeError:
            raise
        except TimeoutError:
            raise BackendTimeout(f"The hub at {self.address} did not answer in time. It may be overloaded, or the network is slow.") from None
        except aiohttp.ClientConnectorCertificateError:
            raise BackendFailed(
                f"The certificate of the hub is not valid for {self.address}. Check the address, or the certificates that this machine trusts."
            ) from None
        except aiohttp.ClientConnectorError:
            raise BackendFailed(f"The hub at {self.address} can't be reached. It may be down, or its address is wrong.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Their texts may hold what was sent.
            raise BackendFailed(f"The connection to the hub at {self.address} broke ({type(error).__name__}). Try again.") from None
        try:
            return status, msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return status, None

    async def _follow(self, session: aiohttp.ClientSession, url: str, token: Secret | None) -> tuple[int, bytes]:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"token {token.reveal()}"
        for _ in range(_MOST_REDIRECTS):
            async with session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return response.status, await _read(response)
                url = self._redirected(url, response.headers.get("Location", ""))
        raise BackendFailed(f"The hub at {self.address} redirects in a circle. Check its address.")

    def _redirected(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        try:
            origin: Origin | None = Origin.of(target)
        except BadRequest:
            origin = None
        if origin != self.address.origin:
            # A token is for the origin that it was given for.
            raise BackendFailed(
                f"The hub at {self.address} redirects to another address ({origin or 'not a valid one'}), which is not followed. "
                "If that is the right one, enter it."
            )
        return target

    def __repr__(self) -> str:
        return f"<HubClient {self.address}>"


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The whole body, and no more than is sensible."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(2**16):
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            raise BackendFailed("The hub's answer is longer than makes sense. Check its address.")
    return bytes(body)


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)

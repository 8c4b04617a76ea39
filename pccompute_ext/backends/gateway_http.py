"""A small client for the REST API of Dask Gateway.

It does what ``dask_gateway.Gateway`` does for a request, and what that leaves out: time limits, a limit on the size of an answer, no following to
another origin, no blocking authentication on the event loop, and errors in words for a person. Nothing that it raises or shows holds a credential
or a cluster's name.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import aiohttp
import msgspec
import yarl

from ..errors import BackendFailed, BackendTimeout, ComputeError, CredentialNeeded, Unavailable
from .gateway_errors import CredentialRefused, error_for
from .gateway_settings import Endpoint
from .gateway_signin import Attempt, SignIn

ANSWER_LIMIT: Final = 32 * 2**20
"""Bytes; a list of some thousand clusters has a few MiB."""

_CONNECT_TIMEOUT: Final = 5.0
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_MOST_REDIRECTS: Final = 5


class GatewayHTTP:
    """Requests to one gateway, with one session that keeps the gateway's cookie.

    Parameters
    ----------
    endpoint
        Where it is.
    timeout
        Seconds for one request, from its start to the end of the answer.
    sign_in
        Which credentials to show; by default only the one that the endpoint has.
    """

    def __init__(self, endpoint: Endpoint, timeout: float = 15.0, sign_in: SignIn | None = None) -> None:
        self._endpoint = endpoint
        self._sign_in = sign_in or SignIn(endpoint.auth, endpoint.wants)
        self._session_of: Any = None
        self._origin = yarl.URL(endpoint.address).origin()
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self, method: str, path: str, *, json: object = None, name: str | None = None, timeout: float | None = None, gives: Any = Any
    ) -> Any:
        """Ask as the user, and return the decoded JSON of the answer (``None`` for an empty one).

        Parameters
        ----------
        path
            From the gateway's address on, with a slash at its start.
        json
            The body.
        name
            The cluster that it is about, to keep its name out of messages.
        timeout
            Seconds, where other than the client's own.
        gives
            The type of the answer. Of a long one, only what is read is decoded, in a fraction of the time.

        Raises
        ------
        CredentialNeeded, NotFound, WrongState, Refused, BackendFailed, BackendTimeout
        """
        return await self._bounded(self._as_user(method, path, json, name, gives), timeout)

    async def anonymous(self, path: str, *, name: str | None = None, timeout: float | None = None) -> Any:
        """``GET`` without the credential: for what a cluster itself serves through the gateway."""
        return await self._bounded(self._as_nobody(path, name), timeout)

    async def page(self, path: str, *, name: str | None = None) -> str:
        """``GET`` without the credential, for an answer that is a web page of the cluster."""
        page: str = await self._bounded(self._page(path, name), None)
        return page

    async def _as_user(self, method: str, path: str, json: object, name: str | None, gives: Any) -> Any:
        await self._forget_former_user()
        response = await self._send(method, path, json)
        if response.status != 401:
            return await self._decode(response, name, gives)
        response.release()
        refusal: CredentialNeeded | None = None
        async for attempt in self._sign_in.attempts():
            try:
                answer = await self._show(attempt, response, method, path, json, name, gives)
            except CredentialRefused as error:
                refusal = error
                self._sign_in.refused(attempt)
            else:
                self._sign_in.accepted(attempt)
                return answer
        raise await self._sign_in.needed(refusal)

    async def _show(
        self, attempt: Attempt, challenge: aiohttp.ClientResponse, method: str, path: str, json: object, name: str | None, gives: Any
    ) -> Any:
        """Ask again with a credential."""
        # Kerberos asks other servers, and blocks: not on the event loop.
        headers, context = await asyncio.to_thread(_prepare, attempt.auth, challenge)
        response = await self._send(method, path, json, headers)
        if response.status != 401:
            await asyncio.to_thread(_finish, attempt.auth, response, context)
        return await self._decode(response, name, gives)

    async def _forget_former_user(self) -> None:
        """Drop the session's cookie once another credential is to be used, or none any more: it stands for the one before."""
        user = await self._sign_in.current()
        if user != self._session_of:
            self._session_of = user
            if self._session is not None:
                self._session.cookie_jar.clear()

    async def _as_nobody(self, path: str, name: str | None) -> Any:
        return await self._decode(await self._send("GET", path, None), name)

    async def _page(self, path: str, name: str | None) -> str:
        response = await self._send("GET", path, None)
        body = await _read(response)
        if response.status >= 400:
            raise error_for(response.status, body, name)
        return body.decode(errors="replace")

    async def _send(self, method: str, path: str, json: object, headers: dict[str, str] | None = None) -> aiohttp.ClientResponse:
        """Send, and follow redirects within the origin."""
        url = yarl.URL(self._endpoint.address + path, encoded=True)
        for _ in range(_MOST_REDIRECTS):
            response = await self._get_session().request(method, url, json=json, headers=headers, proxy=self._endpoint.proxy, allow_redirects=False)
            if response.status not in _REDIRECTS:
                return response
            response.release()
            url = self._redirected(response, url, method)
        raise BackendFailed("The gateway redirects in a circle. Check its address.")

    def _redirected(self, response: aiohttp.ClientResponse, url: yarl.URL, method: str) -> yarl.URL:
        target = url.join(yarl.URL(response.headers.get("Location", "")))
        origin = target.origin() if target.absolute and target.host else None
        if origin != self._origin:
            # The credential is for the configured origin only.
            raise BackendFailed(
                f"The gateway redirects to another address ({origin or 'not a valid one'}), which is not followed. If that is right, configure it."
            )
        if method != "GET" and response.status not in (307, 308):
            raise BackendFailed("The gateway redirects a change to another path. Check its address.")
        return target

    def _get_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            # Gateways are often served at a bare IP address, where cookies are off by default. This session is for one gateway only.
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.CookieJar(unsafe=True),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_TIMEOUT),
            )
        return self._session

    async def _decode(self, response: aiohttp.ClientResponse, name: str | None, gives: Any = Any) -> Any:
        body = await _read(response)
        if response.status >= 400:
            raise error_for(response.status, body, name)
        if gives is Any and not body.strip():
            return None
        try:
            return msgspec.json.decode(body, type=gives)
        except msgspec.ValidationError:
            raise BackendFailed("What the gateway tells can't be read. It may be of a version that is not supported.") from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            what = "a web page" if body.lstrip()[:1] == b"<" else "something that is not JSON"
            raise BackendFailed(f"What answered at the gateway's address is not a Dask Gateway: it sent {what}. Check the address.") from None

    async def _bounded(self, request: Any, timeout: float | None) -> Any:
        seconds = timeout or self._timeout
        try:
            async with asyncio.timeout(seconds):
                return await request
        except ComputeError:
            raise
        # Their texts and contexts hold URLs, and so the names of clusters: nothing of them is passed on.
        except TimeoutError:
            raise BackendTimeout("The gateway did not answer in time. It may be overloaded, or the network is slow.") from None
        except aiohttp.ClientConnectorCertificateError:
            raise BackendFailed(
                "The certificate of the gateway is not valid for its address. Check the address, or the certificates that this machine trusts."
            ) from None
        except aiohttp.ClientConnectorDNSError:
            raise BackendFailed("The host of the gateway was not found. Check its address and the network.") from None
        except aiohttp.ClientConnectorError:
            raise BackendFailed("The gateway can't be reached: the connection was refused. It may be down, or its address is wrong.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise BackendFailed(f"The connection to the gateway broke ({type(error).__name__}). Try again.") from None

    def __repr__(self) -> str:
        return f"<GatewayHTTP {self._origin}>"


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The whole body, and no more than is sensible."""
    body = bytearray()
    async with response:
        async for chunk in response.content.iter_chunked(2**16):
            body += chunk
            if len(body) > ANSWER_LIMIT:
                response.close()
                raise BackendFailed(f"The gateway's answer is longer than {ANSWER_LIMIT // 2**20} MiB, which makes no sense. Check its address.")
    return bytes(body)


def _prepare(auth: Any, response: aiohttp.ClientResponse) -> tuple[dict[str, str], Any]:
    try:
        headers, context = auth.pre_request(response)
    except ImportError as error:
        raise Unavailable(f"The gateway's way to authenticate needs a Python package that is not installed here: {error.name}.") from None
    except Exception as error:
        raise CredentialNeeded(f"No credential for the gateway could be made ({type(error).__name__}). Check its authentication settings.") from None
    return headers, context


def _finish(auth: Any, response: aiohttp.ClientResponse, context: Any) -> None:
    try:
        auth.post_response(response, context)
    except Exception as error:
        raise BackendFailed(f"The gateway did not prove its own identity ({type(error).__name__}).") from None

"""Which credential a gateway is shown, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dask_gateway import BasicAuth, JupyterHubAuth, KerberosAuth

from pccompute_ext.backends.gateway_signin import SignIn
from pccompute_ext.credentials import Credential, CredentialProvider, CredentialStore, EnvironmentSource, Origin, Secret, SessionSource
from pccompute_ext.errors import CredentialNeeded

ORIGIN = Origin.of("https://hub.example.com")
PAGE = "https://hub.example.com/hub/token"
CONFIGURED = JupyterHubAuth(api_token="configured")
ENTERED = Credential(Secret("entered"))


@pytest.fixture
def store() -> CredentialStore:
    return CredentialStore([EnvironmentSource({"JUPYTERHUB_API_TOKEN": "from-the-environment"}, [ORIGIN]), SessionSource()])


def sign_in(store: CredentialStore, configured: object = None, wants: str = "token") -> SignIn:
    return SignIn(configured, "token" if wants == "token" else "password", CredentialProvider(store, ORIGIN), PAGE)


async def shown(signing: SignIn, accepted: str | None = None) -> list[str]:
    """What is shown to a gateway that accepts this only."""
    tried: list[str] = []
    async for attempt in signing.attempts():
        tried.append(getattr(attempt.auth, "api_token", None) or attempt.auth.password)
        if tried[-1] == accepted:
            signing.accepted(attempt)
            break
        signing.refused(attempt)
    return tried


async def test_the_configured_one_goes_first_until_it_is_refused(jp_asyncio_loop: object, store: CredentialStore) -> None:
    signing = sign_in(store, CONFIGURED)
    assert await shown(signing, "configured") == ["configured"]
    assert await shown(signing) == ["configured", "from-the-environment"]
    # It may be good again one day, and there is nothing else.
    assert await shown(signing) == ["configured"]
    await store.put(ORIGIN, ENTERED)
    assert await shown(signing, "entered") == ["entered"]
    await store.remove(ORIGIN)
    assert await shown(signing, "configured") == ["from-the-environment"]
    assert await shown(signing, "configured") == ["configured"]


async def test_one_that_was_refused_is_not_shown_again(jp_asyncio_loop: object, store: CredentialStore) -> None:
    signing = sign_in(store)
    assert await shown(signing) == ["from-the-environment"]
    assert await shown(signing) == []
    await store.put(ORIGIN, ENTERED)
    assert await shown(signing, "entered") == ["entered"]
    assert await shown(signing, "entered") == ["entered"]


async def test_what_does_not_fit_hides_nothing_that_does(jp_asyncio_loop: object, store: CredentialStore) -> None:
    await store.put(ORIGIN, Credential(Secret("secret"), username="ann"))
    await store.remove(ORIGIN)
    passwords = CredentialProvider(store, ORIGIN, lambda credential: credential.username is not None)
    assert await passwords.get() is None
    session = SessionSource()
    await session.put(ORIGIN, Credential(Secret("secret"), username="ann"))
    mixed = CredentialStore([EnvironmentSource({"JUPYTERHUB_API_TOKEN": "first"}, [ORIGIN]), session])
    signing = SignIn(None, "password", CredentialProvider(mixed, ORIGIN, lambda credential: credential.username is not None))
    assert await shown(signing, "secret") == ["secret"]


async def test_a_way_that_takes_nothing_from_a_person_gets_nothing(jp_asyncio_loop: object, store: CredentialStore) -> None:
    await store.put(ORIGIN, ENTERED)
    signing = SignIn(KerberosAuth(), None, CredentialProvider(store, ORIGIN))
    assert [attempt.credential async for attempt in signing.attempts()] == [None]
    assert (await signing.needed(CredentialNeeded("In Kerberos' words"))).message == "In Kerberos' words"


async def test_another_credential_is_another_session(jp_asyncio_loop: object, store: CredentialStore) -> None:
    signing = sign_in(store, BasicAuth("ann", "configured"))
    assert await signing.current() is signing.configured
    signing = sign_in(store)
    before = await signing.current()
    await store.put(ORIGIN, ENTERED)
    assert before != await signing.current() == ENTERED


@pytest.mark.parametrize(
    ("credential", "refusal", "problem", "words"),
    [
        (None, None, "missing", "Sign in to use this gateway"),
        (ENTERED, "refused", "refused", "Sign in again"),
        (Credential(Secret("old"), expires=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)), None, "expired", "expired on 02 January 2026 at 03:04 UTC"),
    ],
)
async def test_what_is_said_when_nothing_is_accepted(
    jp_asyncio_loop: object, credential: Credential | None, refusal: str | None, problem: str, words: str
) -> None:
    store = CredentialStore([SessionSource()])
    if credential is not None:
        await store.put(ORIGIN, credential)
    error = await sign_in(store).needed(CredentialNeeded(refusal) if refusal else None)
    assert error.detail == {"problem": problem, "token_page": PAGE}
    assert words in error.message
    assert PAGE in error.message

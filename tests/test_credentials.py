"""Secrets that don't show themselves, origins, and which of several credentials is used."""

from __future__ import annotations

import copy
import logging
import pickle
import subprocess
import sys
import traceback
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from pccompute_ext.credentials import (
    Credential,
    CredentialProvider,
    CredentialStore,
    EnvironmentSource,
    Origin,
    Secret,
    SessionSource,
    Source,
    SourceKind,
    StoreFailed,
    environment_origins,
    token_credential,
)
from pccompute_ext.credentials.credential import Stored, decode, encode
from pccompute_ext.errors import BadRequest, Refused

CANARY = "canary-7d1e"
HUB = Origin.of("https://hub.example.com")
OTHER = Origin.of("https://other.example.com")

pytestmark = pytest.mark.usefixtures("jp_asyncio_loop")


class BrokenKeeper(SessionSource):
    """A place where nothing can be read or written."""

    kind: SourceKind = "file"  # type: ignore[misc]  # a constant of this class too

    async def get(self, origin: Origin) -> Credential | None:
        raise StoreFailed("The disk is on fire.")

    async def put(self, origin: Origin, credential: Credential) -> None:
        raise StoreFailed("The disk is on fire.")

    async def remove(self, origin: Origin) -> None:
        raise StoreFailed("The disk is on fire.")

    async def check(self) -> None:
        raise StoreFailed("The disk is on fire.")


def environment(token: str = "from-the-environment") -> Source:
    return EnvironmentSource({"JUPYTERHUB_API_TOKEN": token}, [HUB])


def text_of(credential: Credential | None) -> str | None:
    return None if credential is None else credential.secret.reveal()


async def used(store: CredentialStore, origin: Origin) -> str | None:
    """The credential that would be used."""
    found = (await store.find(origin)).found
    return text_of(found.credential) if found is not None and found.usable else None


# -- secrets -----------------------------------------------------------------------------------------------------------


def test_a_secret_shows_itself_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(CANARY)
    credential = Credential(secret, username="alice")
    stored = Stored(origin=str(HUB), secret=CANARY)
    logging.getLogger("test").warning("%s %r %s", secret, credential, {"token": secret})
    shown = [repr(secret), str(secret), f"{secret} {secret!r:>40} {credential} {[secret]}", "%s" % secret, repr(stored), caplog.text]  # noqa: UP031
    for attempt in (lambda: msgspec.json.encode(credential), lambda: pickle.dumps(secret), lambda: copy.deepcopy(credential)):
        with pytest.raises(TypeError) as caught:
            attempt()
        shown.append("".join(traceback.format_exception(caught.value)))
    assert not [text for text in shown if CANARY in text]


def test_secrets_are_equal_by_their_text() -> None:
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert Secret("a") != "a"
    with pytest.raises(ValueError, match="empty"):
        Secret("")


def test_a_token_is_pasted_with_white_space() -> None:
    assert text_of(token_credential(f"  {CANARY}\n")) == CANARY


@pytest.mark.parametrize("pasted", ["", "  ", "two words", "line\nbreak: x", "ümlaut", "x" * 5000])
def test_what_can_not_be_a_token(pasted: str) -> None:
    with pytest.raises(BadRequest) as caught:
        token_credential(pasted)
    assert not pasted.strip() or pasted not in caught.value.message


def test_what_is_kept_is_for_its_origin_only() -> None:
    credential = Credential(Secret(CANARY), username="alice", user="alice@example.com", expires=datetime(2030, 1, 2, tzinfo=UTC))
    content = encode(HUB, credential)
    assert decode(HUB, content) == credential
    assert decode(OTHER, content) is None
    for broken in (b"", b"{}", b"\xff", content[:-1], content.replace(b'"format":1', b'"format":2')):
        assert decode(HUB, broken) is None


def test_what_is_heavy_is_imported_only_where_it_is_used() -> None:
    code = "import sys, pccompute_ext.credentials, pccompute_ext.hub; sys.exit(bool({'aiohttp', 'keyring', 'tornado'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True, stdin=subprocess.DEVNULL)


# -- origins -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling", ["https://hub.example.com/", "HTTPS://Hub.Example.COM:443/a?b#c", "https://me:pw@hub.example.com.", " https://hub.example.com"]
)
def test_spellings_of_one_origin(spelling: str) -> None:
    assert Origin.of(spelling) == HUB
    assert str(Origin.of(spelling)) == "https://hub.example.com"


@pytest.mark.parametrize(
    "other", ["http://hub.example.com", "https://hub.example.com:8443", "https://example.com", "https://hub.example.com.evil.org"]
)
def test_other_origins(other: str) -> None:
    assert Origin.of(other) != HUB


def test_origins_of_addresses_and_of_names_in_other_scripts() -> None:
    assert str(Origin.of("http://[::1]:8000/hub")) == "http://[::1]:8000"
    assert str(Origin.of("https://bücher.example")) == "https://xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://hub.example.com", True),
        ("http://hub.example.com", False),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]/", True),
        ("http://localhost:8000", True),
        ("http://10.0.0.1", False),
        ("http://localhost.example.com", False),
    ],
)
def test_where_nobody_can_listen(url: str, private: bool) -> None:
    assert Origin.of(url).is_private is private


@pytest.mark.parametrize("url", ["", "hub.example.com", "ftp://a", "https://", "https://a:99999", "https://[::1", "gateway://a:1"])
def test_what_has_no_origin(url: str) -> None:
    with pytest.raises(BadRequest):
        Origin.of(url)


# -- the environment ---------------------------------------------------------------------------------------------------


async def test_the_environments_token_is_for_its_own_hub_and_gateway_only() -> None:
    variables = {
        "JUPYTERHUB_API_TOKEN": CANARY,
        "JUPYTERHUB_API_URL": "http://10.0.0.1:8081/hub/api",
        "JUPYTERHUB_PUBLIC_HUB_URL": "",
        "DASK_GATEWAY__ADDRESS": "http://proxy-public/services/dask-gateway/",
    }
    origins = environment_origins(variables)
    assert origins == {Origin.of("http://10.0.0.1:8081"), Origin.of("http://proxy-public")}
    source = EnvironmentSource(variables, origins)
    assert [text_of(await source.get(origin)) for origin in sorted(origins, key=str)] == [CANARY, CANARY]
    assert await source.get(OTHER) is None


async def test_an_environment_without_a_token_or_with_nonsense() -> None:
    assert await EnvironmentSource({}, [HUB]).get(HUB) is None
    with pytest.raises(StoreFailed) as caught:
        await environment("not a token").get(HUB)
    assert "not a token" not in caught.value.message


# -- the store ---------------------------------------------------------------------------------------------------------


async def test_the_first_source_that_has_one_is_asked() -> None:
    session = SessionSource()
    store = CredentialStore([environment(), session])
    await session.put(HUB, Credential(Secret("pasted")))
    await session.put(OTHER, Credential(Secret("pasted elsewhere")))
    found = (await store.find(HUB)).found
    assert found is not None
    assert (found.kind, found.where, text_of(found.credential)) == (
        "environment",
        "the environment variable JUPYTERHUB_API_TOKEN",
        "from-the-environment",
    )
    assert await used(store, OTHER) == "pasted elsewhere"


async def test_a_refused_one_gives_way_to_the_next() -> None:
    session = SessionSource()
    store = CredentialStore([environment(), session])
    await session.put(HUB, Credential(Secret("pasted")))
    store.refused(HUB, Secret("from-the-environment"))
    assert await used(store, HUB) == "pasted"
    store.refused(HUB, Secret("pasted"))
    assert await used(store, HUB) is None
    # The same one once more: perhaps it was the hub that was wrong.
    await store.put(HUB, Credential(Secret("pasted")))
    assert await used(store, HUB) == "pasted"


async def test_an_expired_one_gives_way_to_the_next() -> None:
    first, second = SessionSource(), SessionSource()
    store = CredentialStore([first, second])
    await first.put(HUB, Credential(Secret("old"), expires=datetime.now(UTC) - timedelta(seconds=1)))
    assert (found := (await store.find(HUB)).found) is not None
    assert not found.usable
    await second.put(HUB, Credential(Secret("new"), expires=datetime.now(UTC) + timedelta(hours=1)))
    assert await used(store, HUB) == "new"


async def test_a_new_one_replaces_the_environments_and_says_for_how_long() -> None:
    store = CredentialStore([environment(), SessionSource()])
    kept = await store.put(HUB, Credential(Secret("pasted")))
    assert kept.kind == "session"
    assert kept.warning is not None
    assert "Another one stays in the environment variable JUPYTERHUB_API_TOKEN" in kept.warning
    assert await used(store, HUB) == "pasted"
    await store.remove(HUB)
    assert await used(store, HUB) == "from-the-environment"


async def test_a_place_that_fails_hides_no_other_and_the_session_takes_over() -> None:
    store = CredentialStore([BrokenKeeper(), SessionSource()])
    kept = await store.put(HUB, Credential(Secret("pasted")), "file")
    assert kept.kind == "session"
    assert kept.warning is not None
    assert kept.warning.startswith("The disk is on fire. It is kept in the memory of this Jupyter server, until it stops.")
    lookup = await store.find(HUB)
    assert await used(store, HUB) == "pasted"
    assert lookup.problems == ("The disk is on fire.",)
    with pytest.raises(StoreFailed, match="on fire"):
        await store.remove(HUB)
    assert (await store.find(HUB)).found is None
    choices = {choice.kind: (choice.available, choice.reason) for choice in await store.choices()}
    assert choices == {"file": (False, "The disk is on fire."), "session": (True, None)}


async def test_places_that_the_administrator_does_not_allow() -> None:
    store = CredentialStore([environment(), BrokenKeeper(), SessionSource()], allowed=["file"])
    with pytest.raises(Refused, match="Allowed: file"):
        await store.put(HUB, Credential(Secret("pasted")), "session")
    with pytest.raises(StoreFailed, match="on fire"):
        await store.put(HUB, Credential(Secret("pasted")))
    lookup = await store.find(HUB)
    assert lookup.found is None
    with pytest.raises(StoreFailed, match="no place"):
        await CredentialStore([environment()]).put(HUB, Credential(Secret("pasted")))


# -- a backend's view --------------------------------------------------------------------------------------------------


async def test_a_backend_gets_each_new_credential_without_a_restart() -> None:
    store = CredentialStore([SessionSource()])
    provider = CredentialProvider(store, HUB)
    assert await provider.get() is None
    await store.put(HUB, Credential(Secret("first")))
    first = await provider.get()
    assert text_of(first) == "first"
    assert first is not None
    provider.refused(first)
    assert await provider.get() is None
    await store.put(HUB, Credential(Secret("second")))
    assert text_of(await provider.get()) == "second"
    await store.remove(HUB)
    assert await provider.get() is None


async def test_a_store_is_not_asked_at_each_use() -> None:
    asked = []

    class Counting(SessionSource):
        async def get(self, origin: Origin) -> Credential | None:
            asked.append(origin)
            return await super().get(origin)

    store = CredentialStore([Counting()])
    await store.put(HUB, Credential(Secret("first")))
    asked.clear()
    provider = CredentialProvider(store, HUB)
    assert [text_of(await provider.get()) for _ in range(3)] == ["first"] * 3
    assert asked == [HUB]


async def test_a_credential_that_expires_meanwhile_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    store = CredentialStore([SessionSource()])
    provider = CredentialProvider(store, HUB)
    await store.put(HUB, Credential(Secret("short"), expires=datetime.now(UTC) + timedelta(hours=1)))
    assert text_of(await provider.get()) == "short"
    monkeypatch.setattr(Credential, "has_expired", lambda self: True)
    assert await provider.get() is None

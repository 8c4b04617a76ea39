"""The operating system's keyring: used where there is one, refused where something only looks like one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked
from keyrings.alt.file import PlaintextKeyring

from pccompute_ext.credentials import Credential, CredentialStore, KeyringSource, Origin, Secret, SessionSource, StoreFailed, StoreUnavailable
from pccompute_ext.credentials.os_keyring import SERVICE

CANARY = "canary-55e0"
HUB = Origin.of("https://hub.example.com")
CREDENTIAL = Credential(Secret(CANARY), user="alice@example.com")

pytestmark = pytest.mark.usefixtures("jp_asyncio_loop")


def new(backend: Callable[..., KeyringBackend]) -> KeyringBackend:
    """Make one; the constructors come without types."""
    return backend()


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[None]:
    """Each test sets its own, and no keyring of the person who runs the tests is touched."""
    keyring.set_keyring(new(null.Keyring))
    yield
    keyring.set_keyring(new(null.Keyring))


def set_keyring(*, locked: bool = False, priority: float = 5) -> KeyringBackend:
    """Set a keyring in memory, as one of an operating system's priority."""
    entries: dict[tuple[str, str], str] = {}
    chosen_priority = priority

    class MemoryKeyring(KeyringBackend):
        priority = chosen_priority

        def get_password(self, service: str, username: str) -> str | None:
            if locked:
                raise KeyringLocked(f"No access to {entries or CANARY}")
            return entries.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            if locked:
                raise KeyringLocked(f"No access for {password}")
            entries[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del entries[service, username]

    # A class that stays registered would be a candidate for every later choice.
    KeyringBackend._classes.discard(MemoryKeyring)
    chosen = new(MemoryKeyring)
    keyring.set_keyring(chosen)
    return chosen


async def test_a_credential_is_kept_and_deleted() -> None:
    memory = set_keyring()
    source = KeyringSource()
    await source.check()
    assert await source.get(HUB) is None
    await source.put(HUB, CREDENTIAL)
    assert await source.get(HUB) == CREDENTIAL
    assert memory.get_password(SERVICE, "https://hub.example.com") is not None
    await source.remove(HUB)
    await source.remove(HUB)
    assert await source.get(HUB) is None


async def test_an_entry_of_somebody_elses_is_not_used() -> None:
    set_keyring().set_password(SERVICE, str(HUB), CANARY)
    with pytest.raises(StoreFailed, match="was not made by this version") as caught:
        await KeyringSource().get(HUB)
    assert CANARY not in caught.value.message


async def test_files_in_plain_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlaintextKeyring()
    monkeypatch.setattr(PlaintextKeyring, "file_path", str(tmp_path / "keyring.cfg"))
    keyring.set_keyring(plain)
    await check_unavailable()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
async def test_no_keyring_at_all(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(new(backend))
    await check_unavailable()


async def test_a_keyring_that_is_not_recommended_is_refused() -> None:
    set_keyring(priority=0.9)
    await check_unavailable()


async def check_unavailable() -> None:
    source = KeyringSource()
    for attempt in (source.check(), source.put(HUB, CREDENTIAL)):
        with pytest.raises(StoreUnavailable, match="There is no keyring of the operating system here"):
            await attempt
    assert await source.get(HUB) is None
    await source.remove(HUB)
    # Nobody who did not ask for a keyring hears that there is none.
    kept = await CredentialStore([source, SessionSource()]).put(HUB, CREDENTIAL)
    assert (kept.kind, kept.warning) == ("session", None)
    kept = await CredentialStore([source, SessionSource()]).put(HUB, CREDENTIAL, "keyring")
    assert kept.warning is not None
    assert "no keyring" in kept.warning


async def test_of_several_keyrings_the_one_that_keeps_secrets_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = set_keyring()
    monkeypatch.setattr(ChainerBackend, "backends", [PlaintextKeyring(), memory])
    keyring.set_keyring(new(ChainerBackend))
    await KeyringSource().put(HUB, CREDENTIAL)
    assert memory.get_password(SERVICE, str(HUB)) is not None


async def test_a_locked_keyring_says_so_without_what_it_was_given() -> None:
    set_keyring(locked=True)
    source = KeyringSource()
    for attempt in (source.get(HUB), source.put(HUB, CREDENTIAL), source.remove(HUB)):
        with pytest.raises(StoreFailed, match=r"KeyringLocked.*may be locked") as caught:
            await attempt
        assert CANARY not in caught.value.message
        assert caught.value.__suppress_context__


async def test_a_keyring_that_waits_for_its_owner_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = set_keyring()
    unlocked = threading.Event()
    monkeypatch.setattr(type(memory), "get_password", lambda *_: unlocked.wait() and None)
    try:
        with pytest.raises(StoreFailed, match="wait for its password"):
            await KeyringSource(patience=0.1).get(HUB)
    finally:
        unlocked.set()


async def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(StoreUnavailable, match=r"Install pccompute-ext\[keyring\]"):
        await KeyringSource().check()
    assert await KeyringSource().get(HUB) is None

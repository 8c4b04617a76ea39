"""The keyring of the operating system, by the optional package ``keyring``."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar

from .credential import Credential, decode, encode
from .errors import StoreFailed, StoreUnavailable
from .origin import Origin
from .source import Keeper, SourceKind

SERVICE: Final = "pccompute"
"""The name under which credentials stand in the keyring; the user name of each entry is its origin."""

T = TypeVar("T")


class KeyringSource(Keeper):
    """The operating system's keyring, and nothing that only looks like one.

    Where there is none, as on a headless machine, ``keyring`` may choose a file without protection in its place; that is refused.

    Parameters
    ----------
    patience
        Seconds to wait for it. It may ask the person to unlock it, which on a machine without a screen nobody sees.
    """

    kind: ClassVar[SourceKind] = "keyring"

    def __init__(self, patience: float = 60.0) -> None:
        self._patience = patience

    @property
    def where(self) -> str:
        return "the keyring of the operating system"

    async def check(self) -> None:
        await self._call(trusted_keyring)

    async def get(self, origin: Origin) -> Credential | None:
        try:
            text = await self._call(lambda: trusted_keyring().get_password(SERVICE, str(origin)))
        except StoreUnavailable:
            return None
        if text is None:
            return None
        credential = decode(origin, text.encode())
        if credential is None:
            raise StoreFailed(f"The entry for {origin} in {self.where} was not made by this version. Delete the credential and add it again.")
        return credential

    async def put(self, origin: Origin, credential: Credential) -> None:
        content = encode(origin, credential).decode()
        await self._call(lambda: trusted_keyring().set_password(SERVICE, str(origin), content))

    async def remove(self, origin: Origin) -> None:
        def delete() -> None:
            keyring = trusted_keyring()
            if keyring.get_password(SERVICE, str(origin)) is not None:
                keyring.delete_password(SERVICE, str(origin))

        with contextlib.suppress(StoreUnavailable):
            await self._call(delete)

    async def _call(self, work: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await _in_thread(work)
        except StoreFailed:
            raise
        except TimeoutError:
            raise StoreFailed(f"There was no answer from {self.where}. It may be locked and wait for its password on another screen.") from None
        except Exception as error:
            # What a keyring raises is its own, and may quote what it was given: only the kind of error is told.
            raise StoreFailed(f"There was a failure in {self.where} ({type(error).__name__}). It may be locked.") from None


def trusted_keyring() -> Any:
    """Return the keyring that keeps secrets on this machine.

    Raises
    ------
    StoreUnavailable
        There is none.
    """
    try:
        import keyring
        from keyring.backends.chainer import ChainerBackend
    except ImportError:
        raise StoreUnavailable("The package keyring is not installed. Install pccompute-ext[keyring].") from None
    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for candidate in candidates:
        if _keeps_secrets(candidate):
            return candidate
    raise StoreUnavailable("There is no keyring of the operating system here, or only one that keeps secrets in a plain file, which is refused.")


def _keeps_secrets(candidate: Any) -> bool:
    if type(candidate).__module__.startswith("keyrings.alt"):
        return False
    try:
        # By keyring's own convention, what is recommended has a priority of at least 1.
        return bool(candidate.priority >= 1)
    except RuntimeError:  # it can't be used on this machine
        return False


async def _in_thread(work: Callable[[], T]) -> T:
    """Call in a thread that does not hold up the end of the process, as those of :func:`asyncio.to_thread` do."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: Callable[[], None]) -> None:
        # The loop is closed where nobody waits any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if future.done() else result())

    def run() -> None:
        try:
            value = work()
        except Exception as error:
            failure = error
            settle(lambda: future.set_exception(failure))
        else:
            settle(lambda: future.set_result(value))

    threading.Thread(target=run, name="pccompute-keyring", daemon=True).start()
    return await future

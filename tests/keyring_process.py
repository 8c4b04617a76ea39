"""A program that keeps a credential in whatever keyring it finds. Run as ``python -m tests.keyring_process``; it prints what came of it as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from pccompute_ext.credentials import Credential, CredentialStore, KeyringSource, Origin, Secret, SessionSource, StoreFailed

HUB = Origin.of("https://hub.example.com")


async def keep() -> dict[str, Any]:
    """Keep a credential, find it with a store of its own, as after a restart, and delete it."""
    session = SessionSource()
    kept = await CredentialStore([KeyringSource(), session]).put(HUB, Credential(Secret("kept"), user="alice@example.com"))
    restarted = CredentialStore([KeyringSource()])
    found = (await restarted.find(HUB)).found
    try:
        await restarted.remove(HUB)
    except StoreFailed as error:
        return {"kept": kept.kind, "warning": kept.warning, "removal": error.message}
    return {
        "kept": kept.kind,
        "warning": kept.warning,
        "found": found and [found.kind, found.credential.secret.reveal(), found.credential.user],
        "after": (await restarted.find(HUB)).found,
    }


if __name__ == "__main__":
    json.dump(asyncio.run(keep()), sys.stdout)

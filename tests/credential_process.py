"""Programs that use the private files of credentials in a process of their own: beside others, on a full disk, where nothing can be written.

Run as ``python -m tests.credential_process <program> <directory> [<argument>]``; each prints what came of it as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pccompute_ext.credentials import Credential, CredentialStore, FileSource, Origin, Secret, SessionSource, StoreFailed

HUB = Origin.of("https://hub.example.com")
COUNT = 8


def own_origin(writer: str, number: int) -> Origin:
    """One of the origins that a writer has for itself."""
    return Origin.of(f"https://hub-{writer}-{number}.example.com")


def source(directory: Path) -> FileSource:
    return FileSource(directory / "credentials", logging.getLogger(__name__))


async def write_many(directory: Path, writer: str) -> dict[str, Any]:
    """Write many origins of one's own, and between them the one that all write."""
    files = source(directory)
    for number in range(COUNT):
        await files.put(own_origin(writer, number), Credential(Secret(f"{writer}-{number}")))
        await files.put(HUB, Credential(Secret(f"shared-{writer}")))
    return {}


async def write_until_killed(directory: Path, writer: str) -> dict[str, Any]:
    files = source(directory)
    while True:
        await files.put(HUB, Credential(Secret(f"shared-{writer}")))


async def replace_where_it_fails(directory: Path, fault: str) -> dict[str, Any]:
    """Keep one credential, bring the fault about, and try to keep another one."""
    files = source(directory)
    store = CredentialStore([files, SessionSource()])
    await files.put(HUB, Credential(Secret("old")))
    FAULTS[fault](directory)
    try:
        await files.put(HUB, Credential(Secret("new")))
        refusal = None
    except StoreFailed as error:
        refusal = error.message
    old = await files.get(HUB)
    kept = await store.put(HUB, Credential(Secret("new")))
    found = (await store.find(HUB)).found
    return {
        "refusal": refusal,
        "in the file after it": old and old.secret.reveal(),
        "kept": kept.kind,
        "warning": kept.warning,
        "used": found and found.credential.secret.reveal(),
        "files": sorted(entry.name for entry in (directory / "credentials").iterdir()),
    }


def fill(directory: Path) -> None:
    """Take all space that is left."""
    try:
        with (directory / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 1024)
    except OSError:
        return


def remount_read_only(directory: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(directory)], check=True)


def take_permission(directory: Path) -> None:
    """Take away the permission to write in the directory."""
    (directory / "credentials").chmod(0o500)


FAULTS: dict[str, Callable[[Path], None]] = {"full": fill, "read-only": remount_read_only, "forbidden": take_permission}
PROGRAMS = {"write-many": write_many, "write-until-killed": write_until_killed, "replace": replace_where_it_fails}


def main() -> None:
    program, directory, argument = sys.argv[1:]
    json.dump(asyncio.run(PROGRAMS[program](Path(directory), argument)), sys.stdout)


if __name__ == "__main__":
    main()

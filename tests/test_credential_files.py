"""Private files: who may read them, what is refused, and what becomes of them when two write, a disk is full or a process dies."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pccompute_ext.credentials import Credential, FileSource, Origin, Secret, StoreFailed, StoreUnavailable, private_directory
from pccompute_ext.credentials.private_file import file_name
from tests import credential_process
from tests.server_process import wait_for

CANARY = "canary-a93b"
HUB = credential_process.HUB
CREDENTIAL = Credential(Secret(CANARY), user="alice@example.com")

pytestmark = [
    pytest.mark.usefixtures("jp_asyncio_loop"),
    # Each write waits for the disk, which others may keep busy.
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="private files are offered where there are POSIX permissions"),
]


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    """Everything must be private even where the umask would leave it open to all."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "share" / "jupyter" / "pccompute" / "credentials"


@pytest.fixture
def files(directory: Path) -> FileSource:
    return FileSource(directory, logging.getLogger("test"))


@pytest.fixture
def file(directory: Path) -> Path:
    return directory / file_name(HUB)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


async def refusal(files: FileSource) -> str:
    """Why a credential is not used."""
    with pytest.raises(StoreFailed) as caught:
        await files.get(HUB)
    assert CANARY not in caught.value.message
    return caught.value.message


async def test_where_there_are_no_permissions_nothing_is_kept(files: FileSource, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_directory, "os", SimpleNamespace(name="nt"))
    with pytest.raises(StoreUnavailable, match="Use its keyring"):
        await files.put(HUB, CREDENTIAL)
    assert await files.get(HUB) is None
    await files.remove(HUB)
    assert not directory.exists()


# -- permissions -------------------------------------------------------------------------------------------------------


async def test_files_and_directories_are_private_whatever_the_umask(files: FileSource, directory: Path, file: Path, tmp_path: Path) -> None:
    await files.put(HUB, CREDENTIAL)
    assert await files.get(HUB) == CREDENTIAL
    assert mode(file) == 0o600
    made = [directory, *directory.parents[:3]]
    assert made[-1] == tmp_path / "share"
    assert [mode(path) for path in made] == [0o700] * 4
    assert [path.name for path in directory.iterdir()] == [file.name]
    assert "hub.example.com" not in file.name


async def test_a_umask_that_takes_away_too_much(files: FileSource, file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True)
    os.umask(0o777)
    await files.put(HUB, CREDENTIAL)
    assert mode(file) == 0o600


async def test_a_directory_that_others_may_enter_is_closed_again(files: FileSource, directory: Path, caplog: pytest.LogCaptureFixture) -> None:
    await files.put(HUB, CREDENTIAL)
    directory.chmod(0o755)
    assert await files.get(HUB) == CREDENTIAL
    assert mode(directory) == 0o700
    assert "it is private again" in caplog.text


async def test_a_directory_that_can_not_be_closed(files: FileSource, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await files.put(HUB, CREDENTIAL)
    directory.chmod(0o777)
    # As on some network file systems, where each file has the same mode and a change is taken without an effect.
    monkeypatch.setattr(os, "fchmod", lambda *_: None)
    assert "can be read or changed by other users" in await refusal(files)
    with pytest.raises(StoreFailed, match="for this session only"):
        await files.put(HUB, CREDENTIAL)


@pytest.mark.parametrize("open_to_others", [0o644, 0o640, 0o602, 0o666])
async def test_a_file_that_others_can_read_or_write_is_refused_until_it_is_replaced(files: FileSource, file: Path, open_to_others: int) -> None:
    await files.put(HUB, CREDENTIAL)
    file.chmod(open_to_others)
    assert "withdraw the old one" in await refusal(files)
    assert mode(file) == open_to_others
    await files.put(HUB, CREDENTIAL)
    assert mode(file) == 0o600
    assert await files.get(HUB) == CREDENTIAL


async def test_what_belongs_to_somebody_else_is_refused(files: FileSource, monkeypatch: pytest.MonkeyPatch) -> None:
    await files.put(HUB, CREDENTIAL)
    somebody_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody_else)
    assert "belongs to another user" in await refusal(files)
    with pytest.raises(StoreFailed, match="belongs to another user"):
        await files.put(HUB, CREDENTIAL)


# -- things in the place of files --------------------------------------------------------------------------------------


async def test_a_link_in_the_place_of_a_file_is_not_followed(files: FileSource, file: Path, tmp_path: Path) -> None:
    await files.put(HUB, CREDENTIAL)
    target = file.rename(tmp_path / "elsewhere")
    file.symlink_to(target)
    assert "is a symbolic link" in await refusal(files)
    await files.put(HUB, Credential(Secret("new")))
    assert not file.is_symlink()
    assert CANARY in target.read_text()


async def test_a_link_in_the_place_of_the_directory_is_not_followed(files: FileSource, directory: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    directory.parent.mkdir(parents=True)
    directory.symlink_to(elsewhere)
    assert "is a symbolic link" in await refusal(files)
    with pytest.raises(StoreFailed, match="symbolic link"):
        await files.put(HUB, CREDENTIAL)
    assert not list(elsewhere.iterdir())


async def test_a_link_to_nowhere_in_the_place_of_the_directory(files: FileSource, directory: Path, tmp_path: Path) -> None:
    directory.parent.mkdir(parents=True)
    directory.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreFailed, match="symbolic link"):
        await files.put(HUB, CREDENTIAL)


async def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(files: FileSource, file: Path) -> None:
    await files.put(HUB, CREDENTIAL)
    file.unlink()
    os.mkfifo(file, 0o600)
    assert "is not a file" in await refusal(files)


async def test_a_file_in_the_place_of_the_directory(files: FileSource, directory: Path) -> None:
    directory.parent.mkdir(parents=True)
    directory.touch()
    with pytest.raises(StoreFailed, match="Not a directory"):
        await files.put(HUB, CREDENTIAL)


@pytest.mark.parametrize("content", ["", "{", "{}", '{"origin": "https://hub.example.com", "secret": ""}', "\0" * 100_000])
async def test_a_file_that_is_not_ours(files: FileSource, file: Path, content: str) -> None:
    await files.put(HUB, CREDENTIAL)
    file.write_text(content)
    assert "is not one that this version wrote" in await refusal(files)
    await files.put(HUB, CREDENTIAL)
    assert await files.get(HUB) == CREDENTIAL


async def test_a_credential_that_was_copied_to_another_origin_is_not_used(files: FileSource, file: Path) -> None:
    other = Origin.of("https://other.example.com")
    await files.put(other, CREDENTIAL)
    (file.parent / file_name(other)).rename(file)
    await refusal(files)


# -- nothing there, and deleting ---------------------------------------------------------------------------------------


async def test_reading_and_deleting_where_nothing_is_makes_nothing(files: FileSource, directory: Path) -> None:
    assert await files.get(HUB) is None
    await files.remove(HUB)
    assert not directory.exists()


async def test_deleting_leaves_other_origins_alone(files: FileSource, directory: Path) -> None:
    other = Origin.of("https://other.example.com")
    await files.put(HUB, CREDENTIAL)
    await files.put(other, CREDENTIAL)
    await files.remove(HUB)
    await files.remove(HUB)
    assert await files.get(HUB) is None
    assert await files.get(other) == CREDENTIAL


async def test_a_check_leaves_nothing_but_the_directory(files: FileSource, directory: Path) -> None:
    await files.check()
    assert mode(directory) == 0o700
    assert not list(directory.iterdir())


# -- other processes, and disks that do not take it --------------------------------------------------------------------


def program(*arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A program of :mod:`tests.credential_process`; ``before`` is the command that starts it."""
    command = [*before, sys.executable, "-m", "tests.credential_process", *map(str, arguments)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[1], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


def outcome(process: subprocess.Popen[str]) -> Any:
    """What a program printed, once it has ended well."""
    with process:
        printed, _ = process.communicate()
    assert process.returncode == 0
    return json.loads(printed)


async def test_two_servers_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    files = credential_process.source(tmp_path)
    writers = {name: program("write-many", tmp_path, name) for name in ("a", "b")}
    seen = set()
    try:
        while any(process.poll() is None for process in writers.values()):
            # Always one or the other, never a part of one.
            if (credential := await files.get(HUB)) is not None:
                seen.add(credential.secret.reveal())
            await asyncio.sleep(0.005)
    finally:
        for process in writers.values():
            outcome(process)
    assert seen <= {"shared-a", "shared-b"}
    for writer in writers:
        for number in range(credential_process.COUNT):
            credential = await files.get(credential_process.own_origin(writer, number))
            assert credential is not None
            assert credential.secret.reveal() == f"{writer}-{number}"
    assert len(list((tmp_path / "credentials").iterdir())) == 2 * credential_process.COUNT + 1


async def test_a_server_that_is_killed_while_it_writes_leaves_a_whole_credential(tmp_path: Path) -> None:
    files = credential_process.source(tmp_path)
    path = tmp_path / "credentials" / file_name(HUB)
    process = program("write-until-killed", tmp_path, "a")
    try:
        first = await asyncio.to_thread(wait_for, lambda: path.exists() and path.stat().st_ino, "the first write")
        await asyncio.to_thread(wait_for, lambda: path.stat().st_ino != first, "another write")
    finally:
        process.kill()
        process.communicate()
    credential = await files.get(HUB)
    assert credential is not None
    assert credential.secret.reveal() == "shared-a"
    # Whatever the kill left half written goes with the credential.
    await files.remove(HUB)
    assert not list(path.parent.iterdir())


def on_a_disk_of_its_own(directory: Path) -> tuple[str, ...]:
    """The start of a command that has a small disk mounted at a directory, which nobody else sees and which ends with the command."""
    namespaces = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    script = f'mount -t tmpfs -o size=64k,mode=700 pccompute {directory} && exec "$@"'
    return ("unshare", *namespaces, "sh", "-c", script, "sh")


@pytest.mark.skipif(sys.platform != "linux", reason="needs mounts of its own, which Linux has")
@pytest.mark.parametrize(("fault", "words"), [("full", "the disk is full"), ("read-only", "it can only be read, not written")])
def test_a_disk_that_takes_nothing_leaves_the_old_one_and_keeps_the_new_one_for_the_session(tmp_path: Path, fault: str, words: str) -> None:
    result = outcome(program("replace", tmp_path, fault, before=on_a_disk_of_its_own(tmp_path)))
    check_session_only(result, words)
    # From a full disk the old one could be deleted, from one that is read-only it could not, and the person is told.
    assert result["files"] == ([] if fault == "full" else [file_name(HUB)])
    assert ("Another one stays in" in result["warning"]) is (fault == "read-only")


@pytest.mark.skipif(sys.platform != "linux", reason="needs capabilities, which Linux has")
def test_a_directory_that_can_not_be_written_to(tmp_path: Path) -> None:
    # To root permissions mean nothing, unless it gives that power up.
    powerless = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
    result = outcome(program("replace", tmp_path, "forbidden", before=powerless))
    check_session_only(result, "this user may not write there")


def check_session_only(result: dict[str, Any], words: str) -> None:
    assert words in result["refusal"]
    assert result["in the file after it"] == "old"
    assert result["kept"] == "session"
    assert words in result["warning"]
    assert "until it stops" in result["warning"]
    assert result["used"] == "new"

"""A directory that only its owner can look into, on systems with POSIX permissions.

All work is done relative to an open directory, so that nobody can put a link in its place between the check and the use.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .errors import StoreFailed, StoreUnavailable

_OPEN_TO_OTHERS: Final = 0o077
_LARGEST: Final = 64 * 1024

_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: "it can only be read, not written",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
}


class PrivateDirectory:
    """Small private files in a private directory.

    The directory is 0700 and its files are 0600, whatever the umask. Symbolic links are refused, and so is what belongs to somebody else. A directory
    that others may enter is closed again; a file that others may read is refused, since what it holds may be known to them.

    Parameters
    ----------
    path
        Made, with the directories above it, at the first write.
    """

    def __init__(self, path: Path, log: logging.Logger) -> None:
        self.path = path
        self._log = log

    def read(self, name: str) -> bytes | None:
        """Return a file's content, or ``None`` where there is no such file.

        Raises
        ------
        StoreFailed
            It is there, but can't be read or can't be trusted.
        """
        with self._words("read"), self._open(create=False) as directory:
            if directory is None:
                return None
            try:
                # Without O_NONBLOCK a pipe in the file's place would hold us up for good.
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=directory)
            except FileNotFoundError:
                return None
            with os.fdopen(file, "rb") as content:
                self._check_file(os.fstat(file), self.path / name)
                return content.read(_LARGEST)

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in place of what is there. A reader sees the old content or the new one, also after a crash.

        Raises
        ------
        StoreFailed
            It can't be written; what was there before still is.
        """
        with self._words("written"), self._open(create=True) as directory:
            assert directory is not None
            temporary = f".{name}.{secrets.token_hex(8)}"
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=directory)
            try:
                with os.fdopen(file, "wb") as target:
                    # The umask may have taken away what we need ourselves, and some file systems choose modes of their own.
                    os.fchmod(file, 0o600)
                    self._check_file(os.fstat(file), self.path / name)
                    target.write(content)
                    target.flush()
                    os.fsync(file)
                os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
                os.fsync(directory)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(temporary, dir_fd=directory)
                raise

    def remove(self, name: str) -> None:
        """Delete a file, and what a crash left of earlier attempts to write it.

        Raises
        ------
        StoreFailed
            It can't be deleted.
        """
        with self._words("changed"), self._open(create=False) as directory:
            if directory is None:
                return
            for entry in os.listdir(directory):
                if entry == name or entry.startswith(f".{name}."):
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(entry, dir_fd=directory)

    def prepare(self) -> None:
        """Make the directory and see that it is private and can be written to.

        Raises
        ------
        StoreFailed
            It can't be used.
        """
        probe = "probe"
        self.replace(probe, b"")
        self.remove(probe)

    @contextlib.contextmanager
    def _open(self, *, create: bool) -> Iterator[int | None]:
        if os.name != "posix":
            if create:
                raise StoreUnavailable("Private files are not offered on this system: it has no permissions that we could check. Use its keyring.")
            yield None
            return
        if create:
            _make_private(self.path)
        try:
            directory = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            yield None
            return
        except OSError:
            if self.path.is_symlink():
                raise _symbolic_link(self.path) from None
            raise
        try:
            self._close_to_others(directory)
            yield directory
        finally:
            os.close(directory)

    def _close_to_others(self, directory: int) -> None:
        found = os.fstat(directory)
        if found.st_uid != os.geteuid():
            raise StoreFailed(f"{self.path} belongs to another user, so it is not used. Move it away to have one of your own.")
        if stat.S_IMODE(found.st_mode) & _OPEN_TO_OTHERS:
            os.fchmod(directory, 0o700)
            if stat.S_IMODE(os.fstat(directory).st_mode) & _OPEN_TO_OTHERS:
                raise _not_kept_private(self.path)
            self._log.warning("%s could be entered by other users of this machine; it is private again.", self.path)

    def _check_file(self, found: os.stat_result, path: Path) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise StoreFailed(f"{path} is not a file, so it is not used. Delete it.")
        if found.st_uid != os.geteuid():
            raise StoreFailed(f"{path} belongs to another user, so it is not used. Delete it.")
        if stat.S_IMODE(found.st_mode) & _OPEN_TO_OTHERS:
            raise _not_kept_private(path)

    @contextlib.contextmanager
    def _words(self, verb: str) -> Iterator[None]:
        """Say in words what the system says by a number."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise _symbolic_link(self.path) from None
            reason = _REASONS.get(error.errno or 0) or os.strerror(error.errno or errno.EIO)
            raise StoreFailed(f"The directory {self.path} can't be {verb}: {reason}.") from None


def _make_private(path: Path) -> None:
    """Make a directory and those above it that are missing, all of them private."""
    missing = [directory for directory in (path, *path.parents) if not os.path.lexists(directory)]
    for directory in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(directory, 0o700)


def _symbolic_link(path: Path) -> StoreFailed:
    return StoreFailed(f"{path}, or a file in it, is a symbolic link, so it is not used: somebody else could choose where it leads. Delete it.")


def _not_kept_private(path: Path) -> StoreFailed:
    return StoreFailed(
        f"{path} can be read or changed by other users of this machine, so it is not used, and what it holds may be known to them. "
        "Delete the credential, make a new one, and withdraw the old one. If this happens again, the file system does not keep files private: "
        "keep the credential for this session only."
    )

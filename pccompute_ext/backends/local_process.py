"""The gateway on this machine, as seen by the process that started it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final, Self

import msgspec

from ..errors import BackendFailed
from .gateway_settings import GatewaySettings
from .local_leftovers import MARKER, end_marked, end_orphans, new_mark, owner_is_alive
from .local_machine import Machine
from .local_settings import READY, LocalSettings
from .ports import free_port

_START_TIMEOUT: Final = 60.0
_STOP_TIMEOUT: Final = 15.0
_USERNAME: Final = "jupyter"

log = logging.getLogger(__name__)


class LocalProcess:
    """A running gateway; made by :meth:`start`, ended by :meth:`close`.

    Attributes
    ----------
    settings
        How to reach it.
    connection_file
        The same in a private file, for kernels.
    """

    def __init__(self, process: Process, mark: str, settings: GatewaySettings, directory: Path) -> None:
        self._process = process
        self._mark = mark
        self._directory = directory
        self.settings = settings

    @classmethod
    async def start(cls, directory: Path, machine: Machine, idle_timeout: float) -> Self:
        """Start one, and return when it answers.

        Raises
        ------
        BackendFailed
            It did not start.
        """
        mark = new_mark()
        own_directory = directory / mark
        port = free_port()
        password = secrets.token_urlsafe(32)
        settings = LocalSettings(
            directory=str(own_directory),
            port=port,
            api_port=free_port(),
            password=password,
            cores=machine.cores,
            memory=machine.memory,
            idle_timeout=idle_timeout,
            fields=machine.option_fields(),
        )
        reached = GatewaySettings(
            address=f"http://127.0.0.1:{port}",
            proxy_address=f"gateway://127.0.0.1:{port}",
            auth="basic",
            auth_kwargs={"username": _USERNAME, "password": password},
        )
        await asyncio.to_thread(_write_connection, own_directory, reached)
        process = await _spawn(own_directory, mark)
        started = cls(process, mark, reached, own_directory)
        try:
            await started._tell(settings)
        except BaseException as error:
            if isinstance(error, Exception):
                log.error("The gateway on this machine did not start:\n%s", await asyncio.to_thread(_end_of_log, own_directory))
            await started.close()
            if isinstance(error, Exception):
                raise BackendFailed("The gateway on this machine did not start. The log of the Jupyter server tells why.") from None
            raise
        return started

    @property
    def connection_file(self) -> Path:
        return self._directory / "connection.json"

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None

    async def close(self) -> None:
        """End the gateway and its clusters."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_TIMEOUT):
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        # Where it ended well, nothing is left; where it was killed, its clusters are.
        await asyncio.to_thread(end_marked, self._mark)
        await asyncio.to_thread(shutil.rmtree, self._directory, ignore_errors=True)

    async def _tell(self, settings: LocalSettings) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(settings) + b"\n")
        async with asyncio.timeout(_START_TIMEOUT):
            if await self._process.stdout.readline() != READY:
                raise ChildProcessError("It ended.")


def clean(directory: Path) -> int:
    """End what killed servers of this user left behind, remove their files, and return how many processes there were.

    What belongs to a living server is left alone. Looks at all processes: not for the event loop.
    """
    ended = end_orphans()
    if directory.is_dir():
        for left in directory.iterdir():
            if left.is_dir() and not left.is_symlink() and not owner_is_alive(left.name):
                shutil.rmtree(left, ignore_errors=True)
    return ended


async def _spawn(directory: Path, mark: str) -> Process:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with await asyncio.to_thread(_open_private, directory / "gateway.log") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "pccompute_ext.backends.local_server",
            stdin=PIPE,
            stdout=PIPE,
            stderr=output,
            cwd=directory,
            env={**environment, MARKER: mark},
            # An interrupt at the terminal is for the Jupyter server, which then ends this one.
            start_new_session=True,
        )


def _write_connection(directory: Path, settings: GatewaySettings) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.mkdir(mode=0o700)
    with _open_private(directory / "connection.json") as file:
        connection = {"address": settings.address, "proxy_address": settings.proxy_address, **settings.auth_kwargs}
        file.write(json.dumps(connection).encode())


def _open_private(path: Path) -> FileIO:
    return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _end_of_log(directory: Path) -> str:
    return (directory / "gateway.log").read_text(errors="replace")[-4000:]

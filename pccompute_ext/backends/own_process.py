"""Starting what runs in an entry's Python: supervisors, the look at a class, and what answers questions."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..errors import BackendFailed, Unavailable
from ..supervisor.files import LOG, open_private
from .azureml import identity

_LAUNCH: Final = Path(__file__).parents[1] / "supervisor" / "launch.py"

_START_WITHIN: Final = 50.0
_LOOK_WITHIN: Final = 120.0

# Secrets of the Jupyter server and of gateways, which no class of cluster needs, and what makes Python slow.
_NOT_INHERITED: Final = ("JUPYTER", "JPY_", "DASK_GATEWAY", "PYTHONDONTWRITEBYTECODE")


async def start_supervisor(python: str | None, directory: Path, *arguments: str) -> bool:
    """Start one for a cluster's directory; it goes on whatever becomes of this process.

    Parameters
    ----------
    arguments
        Those of ``pccompute_ext.supervisor``, such as ``--sweep``.

    Returns
    -------
    Whether it took charge; otherwise another one has.

    Raises
    ------
    BackendFailed
        It did not start.
    """
    return await asyncio.to_thread(_start, python or sys.executable, directory, arguments)


def _start(python: str, directory: Path, arguments: tuple[str, ...]) -> bool:
    log = open_private(directory / LOG)
    try:
        command = [python, str(_LAUNCH), "--detach", "pccompute_ext.supervisor", str(directory), *arguments]
        answer = subprocess.run(  # noqa: S603 -- from an operator's configuration
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=_environment(),
            cwd=directory,
            timeout=_START_WITHIN,
            check=False,
        ).stdout.strip()
    except OSError as error:
        raise BackendFailed(f"Its Python, {python}, can't be started: {error.strerror}. An administrator sets it in the configuration.") from None
    except subprocess.TimeoutExpired:
        raise BackendFailed("The supervisor of the cluster did not start in time. The machine may be busy; try again.") from None
    finally:
        os.close(log)
    if answer not in (b"ready", b"taken"):
        raise BackendFailed(f"The supervisor of the cluster did not start. Its log tells why: {directory / LOG}")
    return answer == b"ready"


async def look_at_class(python: str | None, class_path: str) -> dict[str, dict[str, Any]]:
    """Return what a class takes: JSON Schemas by name.

    Raises
    ------
    Unavailable
        It can't be imported.
    """
    answer = await _answer(python or sys.executable, "pccompute_ext.supervisor.form", class_path, None)
    if answer is None:
        raise Unavailable(f"The class {class_path} could not be looked at by {python or sys.executable}. It and Dask must be installed there.")
    if "error" in answer:
        words = f"The class {class_path} can't be used: {answer['error']}. It must be installed where {python or sys.executable} finds it."
        raise Unavailable(words)
    properties: dict[str, dict[str, Any]] = answer["properties"]
    return properties


async def ask(python: str | None, module: str, question: str, options: Mapping[str, Any]) -> Any:
    """Return what a module that answers questions says. Takes a thread as long as that takes.

    Raises
    ------
    Unavailable
        It has no answer.
    """
    answer = await _answer(python or sys.executable, module, question, options)
    if answer is None:
        raise Unavailable("There was no answer in time. The network, or the sign-in, may be slow; try again.")
    if "error" in answer:
        raise Unavailable(answer["error"])
    return answer["answer"]


async def _answer(python: str, module: str, argument: str, options: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the line of JSON that a program writes at last; ``None`` where it writes none, or not in time."""
    try:
        process = await asyncio.to_thread(_begin, [python, str(_LAUNCH), module, argument])
    except OSError as error:
        raise Unavailable(f"Its Python, {python}, can't be started: {error.strerror}. An administrator sets it in the configuration.") from None
    try:
        output = await asyncio.to_thread(_output, process, json.dumps(options).encode())
        answer = json.loads(output.strip().rpartition(b"\n")[2])
    except ValueError:
        return None
    finally:
        # Whoever asked may be gone: then the end of the server does not wait for an answer either.
        process.kill()
    return answer if isinstance(answer, dict) else None


def _begin(command: list[str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_environment())  # noqa: S603 -- an operator's


def _output(process: subprocess.Popen[bytes], told: bytes) -> bytes:
    with process:
        try:
            return process.communicate(told, timeout=_LOOK_WITHIN)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            return b""


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)}
    return {**inherited, **identity(inherited)}

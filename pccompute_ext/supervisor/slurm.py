"""Jobs of a Slurm cluster, known by the directory from which they were submitted: it is the cluster's alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from .sweeper import Sweeper

_DIRECTORY: Final = "slurm_directory"

_ANSWER_WITHIN: Final = 60.0

_FORMAT: Final = "%i %T %j|%Z"


class SlurmSweeper(Sweeper):
    """Cancels them, those that wait too."""

    settle: ClassVar[float] = 1.0

    def handle(self, cluster: Any) -> dict[str, str]:
        return {_DIRECTORY: os.getcwd()}

    async def find(self, handle: Mapping[str, str]) -> list[str]:
        return [f"Slurm job {job}" for job in await _jobs(handle)]

    async def delete(self, handle: Mapping[str, str]) -> None:
        if jobs := await _jobs(handle):
            await _run("scancel", *(job.partition(" ")[0] for job in jobs))


async def _jobs(handle: Mapping[str, str]) -> list[str]:
    """Return the id, the state and the name of each."""
    if _DIRECTORY not in handle:
        return []
    # Only one's own can be cancelled.
    told = await _run("squeue", "--noheader", f"--user={os.getuid()}", f"--format={_FORMAT}")
    split = (line.strip().rpartition("|") for line in told.splitlines())
    return [job for job, _, directory in split if directory == handle[_DIRECTORY]]


async def _run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(_ANSWER_WITHIN):
            output, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode != 0:
        raise RuntimeError(errors.decode(errors="replace").strip() or f"{command[0]} failed")
    return output.decode(errors="replace")

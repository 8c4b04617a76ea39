"""A real Slurm on loopback: its own munge, one controller, one node, and nothing of it outside its directory."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pccompute_ext.backends.local_leftovers import MARKER
from pccompute_ext.backends.ports import free_port
from pccompute_ext.testing.children import Children
from tests.server_process import wait_for

CORES: Final = 2
"""Of the node, whatever the machine has: as many jobs of one core run, and more wait."""

_CONFIGURATION: Final = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={directory}/munge.socket
StateSaveLocation={directory}/state
SlurmdSpoolDir={directory}/spool
SlurmctldPidFile={directory}/slurmctld.pid
SlurmdPidFile={directory}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,sched_min_interval=0
KillWait=1
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=4096 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES
"""


class Slurm:
    """Its programs, as long as :func:`slurm` runs.

    Parameters
    ----------
    directory
        For all its files; short, for there is a socket in it.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.configuration = directory / "slurm.conf"
        self._children = Children(directory)
        self._programs: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        """What makes this one the Slurm of a process. Whatever such a process starts ends with it."""
        return {"SLURM_CONF": str(self.configuration), MARKER: self._children.mark}

    def start(self) -> None:
        """Start, and return when a job would run."""
        host = socket.gethostname().partition(".")[0]
        key = self.directory / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(secrets.token_bytes(128))
        for folder in ("state", "spool"):
            (self.directory / folder).mkdir()
        self.configuration.write_text(
            _CONFIGURATION.format(
                host=host,
                controller_port=free_port(),
                node_port=free_port(),
                user=pwd.getpwuid(os.getuid()).pw_name,
                directory=self.directory,
                cores=CORES,
            )
        )
        files = {"socket": "munge.socket", "key-file": key.name, "pid-file": "munged.pid", "log-file": "munged.log", "seed-file": "munged.seed"}
        # Forced: it would rather not run as root, or below a directory of temporary files.
        self._run("munged", "--foreground", "--force", *(f"--{option}={self.directory / name}" for option, name in files.items()))
        wait_for((self.directory / "munge.socket").exists, "munge")
        self._run("slurmctld", "-D")
        self._run("slurmd", "-D")
        wait_for(self._is_ready, "Slurm's node")

    def jobs(self) -> list[str]:
        """The states of all jobs that have not ended."""
        asked = self._ask("squeue", "--noheader", "--format=%T")
        assert asked.returncode == 0, asked.stderr
        return asked.stdout.split()

    def _is_ready(self) -> bool:
        return self._ask("sinfo", "--noheader", "--format=%T").stdout.split() == ["idle"]

    def _ask(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        for each in self._programs:
            assert each.poll() is None, f"A part of Slurm ended:\n{self.log}"
        command, environment = [_found(program), *arguments], self._children.environment(self.environment)
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    @property
    def log(self) -> str:
        """The ends of its logs."""
        return "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(self.directory.glob("*.log")))

    def close(self) -> None:
        """End everything of it, with its jobs and with what submits them."""
        for program in self._programs:
            program.kill()
        self._children.close()

    def _run(self, program: str, *arguments: str) -> None:
        environment = self._children.environment(self.environment)
        log = self.directory / f"{program}.log"
        self._programs.append(self._children.start([_found(program), *arguments], environment=environment, log=log, directory=self.directory))


def _found(program: str) -> str:
    # Those that serve are not on everybody's path.
    found = shutil.which(program, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin")))
    assert found is not None, f"{program} was not found: scripts/ensure-slurm.sh installs it"
    return found


@contextmanager
def slurm(directory: Path) -> Iterator[Slurm]:
    """A Slurm for as long as the context lasts."""
    made = Slurm(directory)
    try:
        made.start()
        yield made
    finally:
        made.close()

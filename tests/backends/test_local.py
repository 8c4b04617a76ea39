"""What the gateway on this machine does beyond the contract: when it starts, what is private, and that it ends, whatever happens."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from pccompute_ext.backends import local_machine
from pccompute_ext.backends.base import Health
from pccompute_ext.backends.local import LocalBackend
from pccompute_ext.backends.local_leftovers import MARKER, end_marked, end_orphans, marked_processes, new_mark, owner_is_alive
from pccompute_ext.backends.local_machine import Machine
from pccompute_ext.errors import BackendFailed, NotFound, Unavailable
from pccompute_ext.snippets.wanted import Wanted
from pccompute_ext.testing.gateway_process import GatewayProcess
from tests.marked import marked

from .kit import running, seen, state_of, until

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

OWNER = """
import asyncio, sys
from pathlib import Path
from pccompute_ext.backends.local import LocalBackend

async def main():
    backend = LocalBackend(id="local", label="This machine", directory=Path(sys.argv[1]))
    name = await backend.create({})
    while (await backend.describe(name, wait=True)).state == "pending":
        pass
    await backend.scale(name, 1)
    async for observation in backend.watch(name):
        if observation.workers.ready == 1:
            break
    print("running", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


class Owner:
    """Another server of this user, with a cluster on this machine."""

    def __init__(self, directory: Path) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", OWNER, str(directory)], stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"running\n"
        self.mark = next(mark for _, mark in marked_processes() if mark.startswith(f"{self.process.pid}-"))

    def processes(self) -> list[psutil.Process]:
        return [process for process, mark in marked_processes() if mark == self.mark]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()
        end_marked(self.mark, patience=0)


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    made = Owner(tmp_path / "local")
    yield made
    made.close()


async def test_it_starts_with_the_first_cluster_and_ends_with_all(local: LocalBackend, tmp_path: Path) -> None:
    assert await local.health() == Health("ready")
    await local.options()
    assert await local.clusters() == []
    await local.stop("unknown")
    assert not (tmp_path / "local").exists()

    name = await running(local)
    await local.scale(name, 1)
    await seen(local, name, lambda observation: observation.workers.ready == 1)
    (directory,) = (tmp_path / "local").iterdir()
    processes = [process for process, mark in marked_processes() if mark == directory.name]
    # The gateway, its proxy, the scheduler, the worker and what looks after the worker.
    assert len(processes) >= 4

    await local.close(stop_clusters=False)
    assert [process for process, mark in marked_processes() if mark == directory.name] == []
    assert list((tmp_path / "local").iterdir()) == []
    with pytest.raises(NotFound):
        await local.describe(name)
    with pytest.raises(NotFound):
        await local.snippets(Wanted(name))


async def test_its_files_and_its_password_are_private(local: LocalBackend, tmp_path: Path) -> None:
    name = await running(local)
    (directory,) = (tmp_path / "local").iterdir()
    assert stat.S_IMODE((tmp_path / "local").stat().st_mode) == 0o700
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    files = [path for path in directory.iterdir() if path.is_file()]
    assert {path.name for path in files} == {"connection.json", "gateway.log"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}

    connection = json.loads((directory / "connection.json").read_text())
    assert connection["address"].startswith("http://127.0.0.1:")
    password = connection["password"]
    assert len(password) >= 32
    assert password not in (directory / "gateway.log").read_text()
    assert password not in (await local.snippets(Wanted(name)))[0].code
    for told in marked():
        if told.mark == directory.name:
            assert password not in " ".join([*told.command, *told.environment.values()])
            listening = [connection.laddr.ip for connection in told.process.net_connections("tcp") if connection.status == psutil.CONN_LISTEN]
            assert set(listening) <= {"127.0.0.1"}


async def test_clusters_get_the_environment_but_no_secret_of_the_server(local: LocalBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", "green")
    monkeypatch.setenv("SHAPE", "round")
    for secret in ("JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN", "JUPYTER_TOKEN", "DASK_GATEWAY__AUTH__KWARGS__PASSWORD"):
        monkeypatch.setenv(secret, "a-very-secret-value")
    await running(local, environment={"SHAPE": "square", MARKER: "mine", "DASK_GATEWAY_API_TOKEN": "mine"})
    (directory,) = (tmp_path / "local").iterdir()
    # More than one at the moment at which the scheduler starts a process of its own.
    environments = [told.environment for told in marked() if told.mark == directory.name and "distributed.cli.dask_scheduler" in told.command]
    assert environments
    for environment in environments:
        assert (environment["COLOUR"], environment["SHAPE"]) == ("green", "square")
        assert "a-very-secret-value" not in environment.values()
        assert environment["DASK_GATEWAY_API_TOKEN"] != "mine"


async def test_its_clusters_stop_by_themselves_when_idle(jp_asyncio_loop: object, tmp_path: Path) -> None:
    backend = LocalBackend(id="local", label="This machine", directory=tmp_path / "local", idle_timeout=1)
    try:
        name = await backend.create({})

        async def stopped() -> bool:
            return await state_of(backend, name) == "stopped"

        await until(stopped, "the cluster to be stopped")
    finally:
        await backend.close(stop_clusters=True)


async def test_two_clusters_at_once_share_one_gateway(local: LocalBackend, tmp_path: Path) -> None:
    names = await asyncio.gather(local.create({}), local.create({}))
    assert {report.name for report in await local.clusters()} == set(names)
    assert len(list((tmp_path / "local").iterdir())) == 1


async def test_a_gateway_that_dies_takes_its_clusters_along_and_the_next_one_works(local: LocalBackend, tmp_path: Path) -> None:
    name = await running(local)
    (directory,) = (tmp_path / "local").iterdir()
    for told in marked():
        if told.mark == directory.name and "pccompute_ext.backends.local_server" in told.command:
            told.process.kill()

    async def noticed() -> bool:
        # At first its end may only show as a gateway that does not answer.
        with suppress(BackendFailed):
            return await local.clusters() == []
        return False

    await until(noticed, "the end to be noticed")
    assert [process for process, mark in marked_processes() if mark == directory.name] == []
    with pytest.raises(NotFound):
        await local.describe(name)
    assert [report.name for report in await local.clusters()] == []
    again = await running(local)
    assert [report.name for report in await local.clusters()] == [again]


async def test_everything_ends_when_the_server_is_killed(jp_asyncio_loop: object, owner: Owner, tmp_path: Path) -> None:
    assert owner.processes()
    owner.kill()

    async def ended() -> bool:
        return not owner.processes() and not list((tmp_path / "local").iterdir())

    await until(ended, "the end of all processes")


async def test_leftovers_of_a_killed_server_are_cleaned_at_the_next_start(local: LocalBackend, owner: Owner, tmp_path: Path) -> None:
    # Both at once, so that nobody is left to clean up.
    for told in marked():
        if told.mark == owner.mark and "pccompute_ext.backends.local_server" in told.command:
            told.process.kill()
    owner.kill()
    assert owner.processes()
    assert list((tmp_path / "local").iterdir())
    await local.health()
    assert owner.processes() == []
    assert list((tmp_path / "local").iterdir()) == []


async def test_another_servers_gateway_is_left_alone(local: LocalBackend, owner: Owner, tmp_path: Path) -> None:
    before = {process.pid for process in owner.processes()}
    await running(local)
    await local.close(stop_clusters=True)
    assert {process.pid for process in owner.processes()} == before
    assert [path.name for path in (tmp_path / "local").iterdir()] == [owner.mark]


async def test_a_polite_end_of_the_gateway_itself_is_complete(jp_asyncio_loop: object, owner: Owner) -> None:
    for told in marked():
        if told.mark == owner.mark and "pccompute_ext.backends.local_server" in told.command:
            told.process.send_signal(signal.SIGTERM)

    async def ended() -> bool:
        return not owner.processes()

    await until(ended, "the end of all processes")


def test_marks_tell_whether_their_owner_lives(gateway_process: GatewayProcess) -> None:
    mine = new_mark()
    pid, started, rest = mine.split("-")
    assert owner_is_alive(mine)
    assert not owner_is_alive(f"{pid}-{int(started) - 1}-{rest}")
    for nonsense in ("", "x", "1-2", "999999999-1-x", "a-b-c", "../..-1-x"):
        assert not owner_is_alive(nonsense)
    shared = {process.pid for process, _ in marked_processes()}
    end_orphans()
    assert gateway_process.is_healthy()
    assert shared


async def test_what_is_missing_is_told(jp_asyncio_loop: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backend = LocalBackend(id="local", label="This machine", directory=tmp_path)
    monkeypatch.setattr(local_machine, "find_spec", lambda _: None)
    health = await backend.health()
    assert health.state == "unavailable"
    assert 'pip install "pccompute-ext[local]"' in (health.reason or "")
    with pytest.raises(Unavailable):
        await backend.create({})
    with pytest.raises(Unavailable):
        await backend.options()
    assert await backend.clusters() == []
    monkeypatch.setattr(sys, "platform", "win32")
    assert "Windows" in ((await backend.health()).reason or "")


async def test_a_gateway_that_does_not_start_is_told(local: LocalBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "dask_gateway_server").mkdir()
    (tmp_path / "dask_gateway_server" / "__init__.py").write_text("raise ImportError('broken')")
    with pytest.raises(BackendFailed, match="did not start"):
        await local.create({})
    assert list((tmp_path / "local").iterdir()) == []
    assert await local.clusters() == []


@pytest.mark.parametrize(("cores", "gib"), [(1, 1), (2, 3.99), (3, 0.3), (64, 500.0)])
def test_as_many_workers_of_the_default_size_fit_as_there_are_cores(cores: int, gib: float) -> None:
    fields = {field["field"]: field for field in Machine(cores, int(gib * 2**30)).option_fields()}
    memory = fields["worker_memory"]
    assert memory["spec"]["min"] <= memory["default"] <= memory["spec"]["max"]
    assert fields["worker_cores"]["spec"]["max"] == cores
    assert memory["default"] * cores <= gib or memory["default"] == memory["spec"]["min"]

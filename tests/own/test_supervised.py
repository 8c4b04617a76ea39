"""What becomes of supervised clusters when things go wrong: with real supervisors, and classes that misbehave."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pccompute_ext.backends.base import Health
from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.backends.own_process import start_supervisor
from pccompute_ext.errors import BackendFailed, NotFound, Refused, Unavailable, WrongState
from pccompute_ext.supervisor.files import LOG
from tests.backends.kit import gone, running, state_of, until

from .conftest import Odd
from .kit import backend_of, processes_of

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


async def started(backend: OwnBackend) -> str:
    """A cluster that has made something, and hangs."""
    name = await backend.create({})

    async def waits() -> bool:
        return "Waiting for the machine" in (await backend.describe(name)).progress and bool(processes_of(backend))

    await until(waits, "the start to hang")
    return name


async def test_the_form_is_that_of_the_class(odd: Odd) -> None:
    backend = odd("Hanging", workers=3)
    assert await backend.health() == Health("ready")
    form = await backend.options()
    assert form.schema["properties"] == {"size": {"title": "Size", "type": "string", "default": "small"}}
    assert (form.defaults, form.limit) == ({"size": "small"}, 3)
    with pytest.raises(Refused, match="size must be of type string, got 7"):
        await backend.create({"size": 7})
    assert await backend.clusters() == []


async def test_a_start_is_told_and_can_be_cancelled(odd: Odd) -> None:
    backend = odd("Hanging")
    name = await started(backend)
    report = await backend.describe(name)
    assert report.state == "pending"
    assert report.progress[-2:] == ("Creating a small machine", "Waiting for the machine")
    with pytest.raises(WrongState, match="pending"):
        await backend.scale(name, 1)
    await backend.stop(name)
    await gone(backend, name)
    # Its class forgot it.
    assert processes_of(backend) == []
    assert await backend.clusters() == []


async def test_a_start_that_takes_too_long_is_given_up(odd: Odd) -> None:
    backend = odd("Hanging", start_within=1)
    name = await backend.create({"size": "large"})

    async def failed() -> bool:
        return await state_of(backend, name) == "failed"

    await until(failed, "the deadline")
    report = await backend.describe(name)
    assert report.reason is not None
    assert report.reason.startswith("It did not start within 1 second, so it was given up.")
    assert (report.remains, processes_of(backend)) == ((), [])
    # There is nothing more to see to.
    assert await backend.clusters() == []


async def test_an_error_is_told_in_its_first_words(odd: Odd) -> None:
    backend = odd("Masking")
    name = await backend.create({})

    async def failed() -> bool:
        return await state_of(backend, name) == "failed"

    await until(failed, "the failure")
    reason = (await backend.describe(name)).reason
    assert reason == "PermissionError: Operation could not be completed: the quota of 10 cores is used up."


async def test_a_class_that_is_not_there_is_told(tmp_path: Path, jp_asyncio_loop: object) -> None:
    backend = backend_of(tmp_path / "own", {"class": "no_such_package.Cluster"})
    health = await backend.health()
    assert health.state == "unavailable"
    assert "no_such_package.Cluster can't be used: ModuleNotFoundError: No module named 'no_such_package'" in (health.reason or "")
    with pytest.raises(Unavailable):
        await backend.create({})
    elsewhere = backend_of(tmp_path / "own", {"class": "distributed.LocalCluster", "python": str(tmp_path / "python")})
    assert "can't be started: No such file or directory" in ((await elsewhere.health()).reason or "")
    assert not (tmp_path / "own").exists()


async def test_nothing_is_left_where_no_supervisor_starts(odd: Odd, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backend = odd("Hanging")
    await backend.options()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "psutil.py").write_text("raise ImportError('broken')")
    with pytest.raises(BackendFailed, match="did not start"):
        await backend.create({})
    assert list((tmp_path / "odd").iterdir()) == []


async def test_a_killed_supervisor_leaves_an_orphan_that_two_servers_clean_up_once(odd: Odd) -> None:
    backend, other = odd("Hanging"), odd("Hanging")
    name = await started(backend)
    directory = backend._clusters.path(name)
    # Nobody can start a second one beside it.
    assert not await start_supervisor(None, directory)
    assert [report.name for report in await other.clusters()] == [name]
    found = backend._clusters.find(name)
    assert found is not None
    os.kill(found.state.pid, signal.SIGKILL)

    async def known() -> bool:
        return [report.remains for report in await backend.clusters()] == [("1 process on this machine",)]

    await until(known, "what is left")
    assert [(report.state, report.remains) for report in await other.clusters()] == [("failed", ("1 process on this machine",))]
    report = await backend.describe(name)
    assert (report.reason or "").startswith("Its supervisor, the process on this machine that ran it, ended unexpectedly.")
    assert processes_of(backend)
    with pytest.raises(WrongState, match="failed"):
        await other.scale(name, 1)

    await backend.stop(name)
    await other.stop(name)
    await gone(backend, name)
    assert processes_of(backend) == []
    with pytest.raises(NotFound):
        await other.describe(name)


async def test_an_idle_cluster_is_closed_and_what_its_class_left_is_swept(odd: Odd, tmp_path: Path) -> None:
    """The end of the cost is what counts: a thing that only the sweeper knows, and a process."""
    backend = odd("Forgetful", sweeper="odd_clusters.Things", idle_timeout=3)
    name = await running(backend)
    handle = backend._clusters.find(name).state.handle  # type: ignore[union-attr]
    assert Path(handle["thing"]).exists()

    async def ended() -> bool:
        return await state_of(backend, name) not in ("running", "stopping")

    await until(ended, "its end")
    report = await backend.describe(name)
    assert (report.state, report.reason, report.remains) == ("stopped", "It had nothing to do for 3 seconds.", ())
    assert not Path(handle["thing"]).exists()
    assert processes_of(backend) == []
    assert await backend.clusters() == []
    # The first time the thing could not be deleted.
    assert "It is in use." in (backend._clusters.path(name) / LOG).read_text()

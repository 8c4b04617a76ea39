"""What is found again: after the machine went down, by a second server, and after a server was killed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from pccompute_ext.backends.own import OwnBackend
from pccompute_ext.errors import WrongState
from pccompute_ext.supervisor.files import LOCK
from tests.backends.kit import gone, running, until
from tests.conftest import StartServer
from tests.server_process import ServerProcess, wait_for

from .conftest import Odd
from .kit import processes_of
from .test_server import ENTRY

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


async def go_down(backend: OwnBackend, name: str) -> None:
    """Leave what a machine that went down leaves: files as they were, a socket behind which is nobody, no process and no lock."""
    found = backend._clusters.find(name)
    assert found is not None
    socket = Path(found.state.endpoint["path"])
    for process in (psutil.Process(found.state.pid), *processes_of(backend)):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    (found.directory / LOCK).unlink()
    assert socket.is_socket()


async def test_after_the_machine_went_down_it_is_known_what_is_left(odd: Odd) -> None:
    before = odd("Forgetful", sweeper="odd_clusters.Things")
    name = await running(before)
    thing = Path(before._clusters.find(name).state.handle["thing"])  # type: ignore[union-attr]
    await go_down(before, name)

    backend = odd("Forgetful", sweeper="odd_clusters.Things")
    (first,) = await backend.clusters()
    assert (first.state, first.name) == ("failed", name)
    with pytest.raises(WrongState):
        await backend.scale(name, 1)

    async def known() -> bool:
        return [report.remains for report in await backend.clusters()] == [(f"thing {thing.name}",)]

    await until(known, "what is left")
    await backend.stop(name)
    await gone(backend, name)
    assert not thing.exists()
    assert await backend.clusters() == []


async def test_after_the_machine_went_down_with_all_of_it_nothing_is_left(own: OwnBackend) -> None:
    name = await running(own)
    await go_down(own, name)

    async def over() -> bool:
        return await own.clusters() == []

    await until(over, "the look")
    report = await own.describe(name)
    assert (report.state, report.remains) == ("failed", ())
    assert (report.reason or "").endswith("Nothing of the cluster is left.")


def test_two_servers_of_one_user_manage_one_cluster(start_server: StartServer) -> None:
    first = start_server({}, name="first", configured_gateway=False, own_compute=[ENTRY])
    data = {"JUPYTER_DATA_DIR": str(first.directory / "data")}
    second = start_server(data, name="second", configured_gateway=False, own_compute=[ENTRY])
    made = first.create(backend="machine", label="mine")["id"]
    first.wait_until_running(made)
    (found,) = second.clusters()
    second.wait_until_running(found)
    assert supervisors(first) == 1

    # Each sees what the other does, and goes on without it.
    second.request("POST", f"clusters/{found}/scale", {"count": 1})
    first.wait_for_cluster(made, lambda seen: seen["workers"]["ready"] == 1, "the other one's worker")
    first.kill()
    second.request("POST", f"clusters/{found}/adapt", {"minimum": 0, "maximum": 1})
    second.wait_for_cluster(found, lambda seen: seen["workers"]["ready"] == 0, "the end of the worker")
    first.start()
    again = first.wait_for_cluster(made, lambda seen: seen["scaling"] and seen["scaling"]["mode"] == "adaptive", "what was set meanwhile")
    assert (again["label"], again["state"]) == ("mine", "running")
    assert first.request("POST", f"clusters/{made}/scale", {"count": 1}).status == 202
    second.wait_for_cluster(found, lambda seen: seen["workers"]["ready"] == 1, "its worker")
    assert supervisors(first) == 1

    # Both are asked for its end, and there is one.
    assert [first.request("DELETE", f"clusters/{made}").status, second.request("DELETE", f"clusters/{found}").status] == [204, 204]
    wait_for(lambda: not first.clusters() and not second.clusters(), "its end")
    assert supervisors(first) == 0


def supervisors(server: ServerProcess) -> int:
    """How many processes run as a supervisor of the server's clusters."""
    own = str(server.directory / "data" / "pccompute" / "own")
    count = 0
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            count += any(argument.startswith(own) for argument in process.cmdline()) and "pccompute_ext.supervisor" in process.cmdline()
    return count

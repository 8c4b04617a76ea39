"""How a supervisor is told what to do, over both kinds of line."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pccompute_ext.supervisor.control import Control, ControlError
from pccompute_ext.supervisor.control_line import NoAnswer, tell
from pccompute_ext.supervisor.lock import Lock, is_held


@pytest.mark.parametrize("sockets", [True, False])
async def test_it_does_what_it_is_told_and_says_what_it_cannot(tmp_path: Path, jp_asyncio_loop: object, sockets: bool) -> None:
    told: list[Mapping[str, Any]] = []

    async def act(request: Mapping[str, Any]) -> None:
        told.append(request)
        if request["do"] == "fly":
            raise ControlError("It can't fly.")
        if request["do"] == "break":
            raise ZeroDivisionError

    control = Control(tmp_path, act)
    await control.open(sockets=sockets)
    endpoint = control.endpoint
    assert await tell(endpoint, {"do": "stop"}, 30) == {}
    assert await tell(endpoint, {"do": "fly"}, 30) == {"error": "It can't fly."}
    assert "ZeroDivisionError" in (await tell(endpoint, {"do": "break"}, 30))["error"]
    assert [request["do"] for request in told] == ["stop", "fly", "break"]
    if not sockets:
        assert await tell({**endpoint, "key": "guessed"}, {"do": "stop"}, 30) == {"error": "The key does not fit."}
        assert len(told) == 3
    await control.close()
    with pytest.raises(NoAnswer):
        await tell(endpoint, {"do": "stop"}, 30)


async def test_a_socket_that_was_cleaned_away_is_made_anew(tmp_path: Path, jp_asyncio_loop: object) -> None:
    async def act(_: Mapping[str, Any]) -> None: ...

    # Its path would be too long for a socket.
    directory = tmp_path / ("x" * 100)
    directory.mkdir()
    control = Control(directory, act)
    await control.open()
    path = Path(control.endpoint["path"])
    assert path.parent != directory
    assert not control.is_lost()
    path.unlink()
    assert control.is_lost()
    await control.open()
    assert await tell(control.endpoint, {"do": "stop"}, 30) == {}
    await control.close()
    assert not path.parent.exists()


async def test_a_lock_is_seen_from_other_processes(tmp_path: Path, jp_asyncio_loop: object) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    lock = Lock.take(path)
    assert lock is not None
    program = "import sys; from pathlib import Path; from pccompute_ext.supervisor.lock import Lock, is_held; p = Path(sys.argv[1])"
    assert await output_of(f"{program}; print(is_held(p), Lock.take(p) is None)", path) == b"True True\n"
    lock.release()
    assert await output_of(f"{program}; print(is_held(p), Lock.take(p) is None)", path) == b"False False\n"


async def output_of(program: str, path: Path) -> bytes:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(path), stdout=asyncio.subprocess.PIPE)
    return (await process.communicate())[0]

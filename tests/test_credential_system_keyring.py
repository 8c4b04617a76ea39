"""A real keyring of the operating system: gnome-keyring on a message bus of its own, which ends with the test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the keyring of the person who runs the tests would be changed"),
]

UNLOCKED = 'printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
LOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null && exec "$@"'


def run(home: Path, *command: str) -> Any:
    """Run :mod:`tests.keyring_process` with a home of its own, and return what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "PYTHON_KEYRING"))} | {
        "HOME": str(home)
    }
    process = subprocess.Popen(
        [*command, sys.executable, "-m", "tests.keyring_process"],
        cwd=Path(__file__).parents[1],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert process.returncode == 0
    return json.loads(printed)


def on_a_bus(script: str) -> list[str]:
    program = shutil.which("dbus-run-session")
    assert program is not None, "dbus-run-session was not found: scripts/ensure-keyring.sh installs it"
    return [program, "--", "sh", "-c", script, "sh"]


def test_a_credential_is_kept_over_a_restart(tmp_path: Path) -> None:
    assert run(tmp_path, *on_a_bus(UNLOCKED)) == {
        "kept": "keyring",
        "warning": None,
        "found": ["keyring", "kept", "alice@example.com"],
        "after": None,
    }


def test_a_locked_keyring_that_nobody_can_unlock(tmp_path: Path) -> None:
    result = run(tmp_path, *on_a_bus(LOCKED))
    assert result["kept"] == "session"
    assert "It may be locked" in result["warning"]
    assert "until it stops" in result["warning"]
    assert "It may be locked" in result["removal"]


def test_without_a_message_bus_nothing_is_written_in_plain_text(tmp_path: Path) -> None:
    # The package that offers plain files is installed here, and chosen by the keyring package itself.
    assert run(tmp_path) == {"kept": "session", "warning": None, "found": None, "after": None}
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

"""Starts a module of this package in any Python that has Dask: ``python <this file> [--detach] <module> <argument> …``.

The package need not be installed there, and nothing else that lies beside it becomes importable. With ``--detach`` the module runs in a session and
process of its own; this one passes on its first line of output, and ends.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def run(module: str, arguments: list[str]) -> None:
    """Run a module of the package as the program."""
    # Python puts the directory of this file first, whose modules would hide others of the same names.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != PACKAGE / "supervisor"]
    spec = importlib.util.spec_from_file_location(PACKAGE.name, PACKAGE / "__init__.py", submodule_search_locations=[str(PACKAGE)])
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE.name] = package
    spec.loader.exec_module(package)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def detach(arguments: list[str]) -> None:
    """Start the same without ``--detach``, pass on its first line, and leave it alone."""
    command = [sys.executable, __file__, *arguments]
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, creationflags=flags)  # noqa: S603
    else:
        # An interrupt at the Jupyter server's terminal is not for it.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603
    assert process.stdout is not None
    sys.stdout.buffer.write(process.stdout.readline())
    sys.stdout.buffer.flush()
    # Without the usual end, at which Python would say that a child still runs.
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "--detach":
        detach(sys.argv[2:])
    else:
        run(sys.argv[1], sys.argv[2:])

"""The program and its subcommands, one module each."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from .. import __version__
from . import doctor, snippet


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    parser = argparse.ArgumentParser(prog="jupyter pccompute", description="Compute clusters of Dask in JupyterLab.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (doctor, snippet):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code

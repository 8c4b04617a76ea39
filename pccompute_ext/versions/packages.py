"""The packages that are looked at: Dask's own, and what is pickled between a kernel and a cluster."""

from __future__ import annotations

import ast
import asyncio
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from ..errors import BackendFailed

Versions = Mapping[str, str | None]
"""Versions by package; ``None`` where it is not installed. Python itself is ``python``."""

PACKAGES: Final = (
    "dask",
    "distributed",
    "dask-gateway",
    "msgpack",
    "cloudpickle",
    "tornado",
    "toolz",
    "lz4",
    "numpy",
    "pandas",
    "pyarrow",
    "xarray",
    "zarr",
    "rioxarray",
    "odc-stac",
    "stackstac",
)


@dataclass(frozen=True)
class ClusterVersions:
    """What is installed on a cluster.

    Attributes
    ----------
    workers
        Of each worker that answered.
    problem
        Why not all could be asked.
    """

    scheduler: Versions
    workers: Sequence[Versions]
    problem: str | None = None


def expression() -> str:
    """A Python expression that tells the versions where it is evaluated, as JSON. It imports none of the packages and leaves no name behind."""
    names = repr(("python", *PACKAGES))
    known = "{d.metadata['Name'].lower().replace('_', '-'): d.version for d in m.distributions() if d.metadata['Name']}"
    look = "{n: p if n == 'python' else k.get(n) for n in " + names + "}"
    return (
        f"(lambda m, p: (lambda k: __import__('json').dumps({look}))({known}))"
        "(__import__('importlib.metadata').metadata, __import__('platform').python_version())"
    )


def read_answer(shown: str) -> Versions:
    """Read what a kernel shows as the value of :func:`expression`.

    Raises
    ------
    BackendFailed
        It is something else.
    """
    try:
        told = json.loads(ast.literal_eval(shown))
        return {name: None if told[name] is None else str(told[name]) for name in ("python", *PACKAGES)}
    except (ValueError, SyntaxError, KeyError, TypeError, MemoryError, RecursionError):
        raise BackendFailed("The kernel's answer can't be read, so its versions are not known.") from None


async def versions_here() -> Versions:
    """Of the environment in which this server runs."""
    return await asyncio.to_thread(_versions_here)


def _versions_here() -> Versions:
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None

"""What differs between a kernel and a cluster, and what of it is known to break things."""

from __future__ import annotations

from typing import Final

from ..access_models import VersionDifference
from .packages import PACKAGES, ClusterVersions, Versions

_PARTS_THAT_MATTER: Final = {
    # The scheduler, the workers and the client speak one version's protocol.
    "dask": 3,
    "distributed": 3,
    # Functions are sent as byte code, which changes with each minor version.
    "python": 2,
    "cloudpickle": 1,
    "msgpack": 1,
    # What these pickle can't be read by others of them.
    "numpy": 1,
    "pandas": 1,
    "pyarrow": 0,
    "xarray": 2,
    "zarr": 1,
    "odc-stac": 2,
    "rioxarray": 2,
    "stackstac": 2,
}
"""So many leading parts of a version must be the same; 0: it only has to be there."""

_USED_BY_TASKS: Final = {"numpy", "pandas", "pyarrow", "xarray", "zarr", "rioxarray", "odc-stac", "stackstac"}


def compare(kernel: Versions, cluster: ClusterVersions) -> list[VersionDifference]:
    """The packages that are not the same everywhere, those that matter first."""
    found = [difference for package in ("python", *PACKAGES) if (difference := _difference(package, kernel, cluster)) is not None]
    return sorted(found, key=lambda difference: not difference.matters)


def _difference(package: str, kernel: Versions, cluster: ClusterVersions) -> VersionDifference | None:
    mine, theirs = kernel.get(package), cluster.scheduler.get(package)
    workers = list(dict.fromkeys(worker.get(package) for worker in cluster.workers))
    # A scheduler need not have what only tasks use.
    compared = [*workers, *([] if package in _USED_BY_TASKS and workers else [theirs])]
    if all(_plain(other) == _plain(mine) for other in compared) and len(set(map(_plain, workers))) <= 1:
        return None
    matters = any(_breaks(package, mine, other) for other in compared) or any(_breaks(package, workers[0], other) for other in workers[1:])
    missing = mine is not None and None in compared
    return VersionDifference(
        package=package,
        kernel=mine,
        scheduler=theirs,
        workers=workers,
        matters=matters,
        why=_why(package, missing=missing) if matters else None,
        advice=_advice(package, missing=missing) if matters else "This mostly does no harm.",
    )


def _breaks(package: str, mine: str | None, theirs: str | None) -> bool:
    parts = _PARTS_THAT_MATTER.get(package)
    if parts is None or mine is None:
        return False
    if theirs is None:
        return True
    return _plain(mine).split(".")[:parts] != _plain(theirs).split(".")[:parts]


def _plain(version: str | None) -> str:
    """Python tells its version on a cluster with a ``.final.0`` behind it."""
    return (version or "").removesuffix(".final.0")


def _why(package: str, *, missing: bool) -> str:
    if missing:
        return f"Work that uses {package} will fail on the cluster."
    if package == "python":
        return "Functions are sent as byte code, which another Python may not be able to run."
    if package in _USED_BY_TASKS:
        return "What one version wrote, such as data and functions on their way to the workers, another may not be able to read."
    return "Client, scheduler and workers of different versions may not understand each other."


def _advice(package: str, *, missing: bool) -> str:
    if missing:
        return f"Choose an image that has {package}."
    if package == "python":
        return "Choose an image with the kernel's Python, or a kernel with the image's."
    return "Choose an image that has the kernel's versions, or install the cluster's versions for the kernel."

"""Sweeping until nothing is left, or until it is known what can't be deleted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from .loading import imported
from .order import Order
from .processes import ProcessSweeper
from .root_cause import root_cause
from .sweeper import Sweeper

SWEEPERS: Final[Mapping[str, str]] = {
    "dask_cloudprovider.azure.AzureVMCluster": "pccompute_ext.azure.sweeper.AzureSweeper",
    "dask_cloudprovider.azure.azurevm.AzureVMCluster": "pccompute_ext.azure.sweeper.AzureSweeper",
    "dask_jobqueue.SLURMCluster": "pccompute_ext.supervisor.slurm.SlurmSweeper",
    "dask_jobqueue.slurm.SLURMCluster": "pccompute_ext.supervisor.slurm.SlurmSweeper",
}
"""For which class of cluster which sweeper is used, where the configuration names none; both as paths."""

PAUSES: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 60.0)
"""Seconds between two tries; after the last one it is given up, until somebody asks again. Azure reserves some things for three minutes."""

log = logging.getLogger(__name__)


def sweepers_for(order: Order, directory: Path) -> list[Sweeper]:
    """Return all that have to be clean after a cluster: this machine, and where its class makes things.

    Raises
    ------
    Exception
        The sweeper can't be loaded.
    """
    made: list[Sweeper] = [ProcessSweeper(directory)]
    if path := order.sweeper or SWEEPERS.get(order.class_path):
        made.append(imported(path)())
    return made


async def look(sweepers: Sequence[Sweeper], handle: Mapping[str, str]) -> tuple[str, ...]:
    """What is there now; where that can't be found out, why."""
    found: list[str] = []
    for sweeper in sweepers:
        try:
            found += await sweeper.find(handle)
        except Exception as error:
            log.warning("What is left of the cluster could not be looked at.", exc_info=True)
            found.append(f"It could not be looked at: {root_cause(error)}")
    return tuple(found)


async def sweep(
    sweepers: Sequence[Sweeper], handle: Mapping[str, str], tell: Callable[[tuple[str, ...]], None], pauses: Sequence[float] = PAUSES
) -> tuple[str, ...]:
    """Delete until nothing is left, and return what could not be deleted. ``tell`` hears what is there after each look."""
    for pause in (*pauses, None):
        tell(left := await look(sweepers, handle))
        if not left:
            await asyncio.sleep(max(sweeper.settle for sweeper in sweepers))
            if not (left := await look(sweepers, handle)):
                return ()
            tell(left)
        await _delete(sweepers, handle)
        if pause is None:
            break
        await asyncio.sleep(pause)
    return await look(sweepers, handle)


async def _delete(sweepers: Sequence[Sweeper], handle: Mapping[str, str]) -> None:
    for sweeper in sweepers:
        try:
            await sweeper.delete(handle)
        except Exception:
            log.warning("Not everything of the cluster could be deleted.", exc_info=True)

"""What is installed on a cluster, asked of its scheduler as Dask's own ``Client.get_versions`` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..versions import PACKAGES, ClusterVersions, Versions
from .scheduler_comm import SchedulerComm, SchedulerUnreachable

_ANSWER: Final = 10.0
_WORKERS_ANSWER: Final = 6.0


async def versions(comm: SchedulerComm) -> ClusterVersions:
    """The versions now.

    Raises
    ------
    SchedulerUnreachable
        There is no answer, or it makes no sense.
    """
    question = {"op": "versions", "packages": list(PACKAGES)}
    scheduler = _read(await comm.ask(question, _ANSWER))
    if scheduler is None:
        raise SchedulerUnreachable("The scheduler does not tell its versions. Its version of Dask may not be supported.")
    try:
        answers = await comm.ask({"op": "broadcast", "msg": question, "on_error": "ignore"}, _WORKERS_ANSWER)
    except SchedulerUnreachable:
        return ClusterVersions(scheduler, [], "The workers do not all answer; they may be busy. Only the scheduler could be looked at.")
    workers = [_read(answer) for answer in answers.values()] if isinstance(answers, Mapping) else []
    known = [worker for worker in workers if worker is not None]
    if not known:
        return ClusterVersions(scheduler, [], "There is no worker yet that could be looked at, only the scheduler.")
    problem = "Some workers did not answer." if len(known) < len(workers) else None
    return ClusterVersions(scheduler, known, problem)


def _read(answer: Any) -> Versions | None:
    told = answer.get("packages") if isinstance(answer, Mapping) else None
    if not isinstance(told, Mapping):
        return None
    return {name: None if told.get(name) is None else str(told[name]) for name in ("python", *PACKAGES)}

"""What is asked of a scheduler on demand, over a connection of its own: its workers and logs."""

from __future__ import annotations

from typing import Any, Final

from ..detail_models import LogList, LogSource, WorkerInfo
from .log_lines import lines_of_answer
from .scheduler_comm import SchedulerComm, SchedulerUnreachable
from .scheduler_identity import read_by_address, read_workers

_ANSWER: Final = 10.0
"""Seconds for an answer of the scheduler itself."""

_WORKERS_ANSWER: Final = 6.0
"""Seconds for an answer for which it asks all its workers: one that hangs must not keep the others' logs back."""

_MOST_LINES: Final = 20_000
"""Of all workers' logs together."""


async def workers(comm: SchedulerComm) -> list[WorkerInfo]:
    """The workers now.

    Raises
    ------
    SchedulerUnreachable
        There is no answer.
    BackendFailed
        It makes no sense.
    """
    return read_workers(await comm.ask({"op": "identity"}, _ANSWER))


async def logs(comm: SchedulerComm, lines: int) -> LogList:
    """The logs of the scheduler and all workers. Raises as :func:`workers` does, unless the scheduler's own log can be had."""
    scheduler = _source("scheduler", await comm.ask({"op": "get_logs", "n": lines, "timestamps": True}, _ANSWER))
    by_address = read_by_address(await comm.ask({"op": "identity"}, _ANSWER))
    if not by_address:
        return LogList(sources=[scheduler])
    each = max(10, min(lines, _MOST_LINES // len(by_address)))
    ask = {"op": "broadcast", "msg": {"op": "get_logs", "n": each, "timestamps": True}, "on_error": "ignore"}
    try:
        answers = await comm.ask(ask, _WORKERS_ANSWER)
    except SchedulerUnreachable:
        return LogList(sources=[scheduler], problem="The workers' logs can't be had now: not all of them answer. They may be busy; try again.")
    if not isinstance(answers, dict):
        answers = {}
    sources = [_source(worker.name, answers.get(address)) for address, worker in by_address.items()]
    return LogList(
        sources=[scheduler, *sorted(sources, key=lambda source: source.source)],
        problem=f"There are many workers, so only the last {each} lines of each are here." if each < lines else None,
    )


def _source(name: str, answer: Any) -> LogSource:
    try:
        return LogSource(source=name, lines=lines_of_answer(answer))
    except (TypeError, ValueError, OverflowError):
        return LogSource(source=name, lines=[], problem="Its log can't be had: it did not answer. It may be busy, or ending.")

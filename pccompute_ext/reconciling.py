"""What a backend says of its clusters, brought together with what is known of them here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from .backends.base import Backend, ClusterReport
from .calls import call
from .errors import ComputeError, NotFound
from .models import ClusterState
from .roster import Entry, Roster
from .tasks import Tasks
from .timings import Timings

RANK = {"pending": 0, "running": 1, "stopping": 2}
# A backend's clock may be behind ours a little.
CLOCK_SKEW = timedelta(seconds=5)

STOPPED_ELSEWHERE = "It was stopped outside this panel, or by its backend after being idle."
NEVER_RAN = "It ended before it was running, and its backend does not tell why."


def may_be(entry: Entry, report: ClusterReport, within: float) -> bool:
    """Whether a cluster may be the one that was asked for without getting an answer: made then, and with those options."""
    asked = entry.record.created
    if asked is None or report.created is None or not asked - CLOCK_SKEW <= report.created <= asked + timedelta(seconds=within):
        return False
    return all(key in report.options and report.options[key] == value for key, value in entry.record.options.items())


def _as_told(entry: Entry) -> bool:
    """Whether the same report again changes nothing of a cluster that runs: so it is with most of a long list."""
    return entry.state == "running" and entry.still and entry.seen_running and not entry.stale and not entry.record.ending


class Reconciler:
    """Applies reports to entries.

    Parameters
    ----------
    on_running, on_named
        Called for a cluster that runs, and for one that was asked for without an answer and has now been found; both may be called again.
    """

    def __init__(
        self,
        roster: Roster,
        tasks: Tasks,
        timings: Timings,
        log: logging.Logger,
        *,
        on_running: Callable[[Entry], None],
        on_named: Callable[[Entry], None],
    ) -> None:
        self._roster = roster
        self._tasks = tasks
        self._timings = timings
        self._log = log
        self._on_running = on_running
        self._on_named = on_named
        self._checks: dict[Entry, asyncio.Task[None]] = {}

    async def apply_list(self, backend: Backend, reports: Sequence[ClusterReport], asked_at: float) -> None:
        """Take a backend's whole list; ``asked_at`` is the event loop's time when it was asked."""
        known = {entry.name: entry for entry in self._roster.of(backend)}
        unknown = []
        for report in reports:
            if entry := known.get(report.name):
                self.apply(entry, report, asked_at)
            elif not self._roster.removed_since(backend, report.name, asked_at):
                unknown.append(report)
        self._take_up(backend, unknown)
        listed = {report.name for report in reports}
        missing = [
            entry
            for entry in self._roster.of(backend)
            if (not entry.ended or entry.remains) and entry.name is not None and entry.name not in listed and entry.named_at < asked_at
        ]
        checks = [self._begin_check(entry) for entry in missing]
        if checks:
            # One that is slow to ask after does not hold up the others.
            await asyncio.wait(checks, timeout=self._timings.check_within)

    def apply(self, entry: Entry, report: ClusterReport, asked_at: float) -> None:
        """Take a report of one cluster."""
        # What is left of a cluster is as it was, until its backend has been asked to delete that.
        before_stop = report.remains and entry.record.ending and (not entry.stop_taken or asked_at <= entry.stop_taken_at)
        if not self._roster.holds(entry) or before_stop:
            return
        if report == entry.report and _as_told(entry):
            self._on_running(entry)
            return
        entry.report = report
        entry.stale = False
        entry.said = report.progress or entry.said
        entry.deleting = report.deleting
        # The backend's moment comes after ours: an age that is shown must not jump back.
        entry.created = min((moment for moment in (entry.created, report.created) if moment is not None), default=None)
        entry.options = dict(report.options) or entry.options
        self._take_remains(entry, report)
        if report.state in ("stopped", "failed"):
            self.end(entry, report)
            return
        if entry.ended and asked_at <= entry.ended_at:
            return
        # Answers may overtake each other, but a cluster never goes back.
        state: ClusterState = "stopping" if entry.record.ending else report.state
        if entry.ended or RANK[state] > RANK[entry.state]:
            if state == "running" and entry.state == "pending":
                self._roster.started(entry)
            entry.state = state
            entry.reason = report.reason
            self._roster.keep(entry, failure=None)
        elif report.reason is not None:
            entry.reason = report.reason
        entry.dashboard = report.dashboard
        if entry.state == "running":
            entry.seen_running = True
            self._roster.keep(entry, ran=True)
        self._roster.tell(entry)
        if entry.state == "running":
            self._on_running(entry)

    def take_up(self, backend: Backend, report: ClusterReport) -> Entry:
        """Take up a cluster that was not known, as a report tells of it."""
        entry = self._roster.add_found(backend, report)
        self.apply(entry, report, float("inf"))
        return entry

    def _take_remains(self, entry: Entry, report: ClusterReport) -> None:
        changed = (entry.remains, entry.cost) != (report.remains, report.cost)
        entry.remains, entry.cost = report.remains, report.cost
        if changed and entry.ended:
            # It is known better than before what is left, and so what is to be done; and what is left goes on to cost.
            entry.reason = report.reason
            self._roster.tell(entry)

    def _begin_check(self, entry: Entry) -> asyncio.Task[None]:
        task = self._checks.get(entry)
        if task is None:
            self._checks[entry] = task = self._tasks.start(self.check(entry), "Looking for a cluster that is not listed any more")
            task.add_done_callback(lambda _: self._checks.pop(entry, None))
        return task

    async def check(self, entry: Entry) -> None:
        """Ask after one cluster that is not in its backend's list any more."""
        assert entry.name is not None
        asked_at = asyncio.get_running_loop().time()
        try:
            report = await call(entry.backend, entry.backend.describe(entry.name), within=self._timings.call_within, log=self._log)
        except NotFound:
            self.end(entry, None)
        except ComputeError:
            entry.stale = True
            self._roster.tell(entry)
        else:
            self.apply(entry, report, asked_at)

    def end(self, entry: Entry, report: ClusterReport | None) -> None:
        """A cluster has ended: take it off the list, or keep it there with the reason where nobody here asked for its end."""
        reason = report.reason if report else None
        failed = report is not None and report.state == "failed"
        if report is None and entry.ended and entry.remains:
            # Somebody else has deleted what was left.
            self._roster.remove(entry)
        if entry.ended or not self._roster.holds(entry):
            return
        if entry.record.ending and not entry.remains:
            self._roster.remove(entry)
        elif failed or (entry.record.made_here and not entry.record.ran):
            self.fail(entry, reason or NEVER_RAN)
        elif entry.seen_running:
            self._finish(entry, reason or STOPPED_ELSEWHERE)
            entry.state = "stopped"
            self._roster.tell(entry)
        else:
            self._roster.remove(entry)

    def fail(self, entry: Entry, reason: str) -> None:
        """Show a cluster as failed until it is dismissed."""
        self._roster.failing(entry)
        self._finish(entry, reason)
        entry.state = "failed"
        self._roster.keep(entry, failure=reason, applied=True, ending=False)
        self._roster.tell(entry)

    def forget_old(self) -> None:
        """Take clusters that were stopped elsewhere off the list after a while."""
        now = asyncio.get_running_loop().time()
        for entry in self._roster:
            if entry.state == "stopped" and now - entry.ended_at > self._timings.show_stopped:
                self._roster.remove(entry)
        self._roster.forget_removals(now - self._timings.call_within)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _finish(self, entry: Entry, reason: str) -> None:
        entry.reason = reason
        entry.stale = False
        entry.unanswered = None
        entry.ended_at = asyncio.get_running_loop().time()

    def _take_up(self, backend: Backend, unknown: list[ClusterReport]) -> None:
        nameless = [entry for entry in self._roster.of(backend) if entry.name is None and not entry.ended]
        if any(entry.submitting for entry in nameless):
            # One of the young ones may be what is just being made; its name comes with the answer. The others are surely not.
            since = min(entry.record.created - CLOCK_SKEW for entry in nameless if entry.record.created is not None)
            unknown = [report for report in unknown if report.created is not None and report.created < since]
        else:
            for entry in nameless:
                if entry.unanswered is not None:
                    self._decide(entry, entry.unanswered, unknown)
        for entry in nameless:
            entry.stale = False
            self._roster.tell(entry)
        for report in unknown:
            self.take_up(backend, report)

    def _decide(self, entry: Entry, lost: str, unknown: list[ClusterReport]) -> None:
        candidates = [report for report in unknown if may_be(entry, report, self._timings.adopt_within)]
        if len(candidates) != 1:
            entry.unanswered = None
            if entry.asking:
                return
            if entry.hidden or entry.record.ending:
                self._roster.remove(entry)
            else:
                self.fail(entry, lost)
            return
        unknown.remove(candidates[0])
        self.adopt(entry, candidates[0].name)
        self.apply(entry, candidates[0], float("inf"))

    def adopt(self, entry: Entry, name: str) -> asyncio.Task[None] | None:
        """Take a backend's name for a cluster that was asked for here."""
        found = self._roster.named(entry.backend, name)
        if found is not None and found is not entry:
            # By a clock that is far off it looked older than the request, and was listed as made elsewhere.
            self._roster.remove(found)
        entry.unanswered = None
        entry.hidden = False
        entry.stale = False
        entry.named_at = asyncio.get_running_loop().time()
        written = self._roster.keep(entry, name=name)
        self._roster.tell(entry)
        self._on_named(entry)
        return written

"""Run benchmarks, print what they found, and keep it.

``python -m bench`` runs all, ``python -m bench server-start users`` two of them. What was found goes into ``bench/results.json``, beside what earlier
runs found for other benchmarks, and from there into ``docs/developers/performance.md``. A quick run only shows that the benchmarks work: its figures
are printed and not kept.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from types import FrameType

from . import BENCHMARKS
from .harness import machine
from .harness.limits import limit
from .harness.run import Run, begin
from .report import page, plain
from .report.results import Results

LIMIT = 7 * 60
"""Seconds that one benchmark may take; more than any does on a machine that is not busy with other things."""

LIMIT_OF_ALL = 20 * 60
"""Seconds that all of them together may take; those that come after that fail."""


def main() -> int:
    """Run the program; the exit code is 0 only where every benchmark ended with figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=f"some of: {', '.join(BENCHMARKS)}; all, where none is named")
    parser.add_argument("--quick", action="store_true", help="short runs whose figures are not kept")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, _interrupt)
    results = Results.load()
    failed = []
    deadline = time.monotonic() + LIMIT_OF_ALL
    try:
        with begin(quick=arguments.quick) as run:
            for name in arguments.names or BENCHMARKS:
                if not _measure(name, run, results, seconds=max(1, min(LIMIT, deadline - time.monotonic()))):
                    failed.append(name)
    finally:
        # Also of a run that is interrupted.
        if not arguments.quick:
            page.write(results)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def _measure(name: str, run: Run, results: Results, seconds: float) -> bool:
    """Whether it ended with all of its figures."""
    print(f"\n=== {name}", flush=True)
    begun, load = time.monotonic(), machine.load()
    try:
        with limit(seconds):
            outcome = BENCHMARKS[name].measure(run)
    except Exception:
        # The others are measured all the same.
        traceback.print_exc(file=sys.stdout)
        return False
    taken = time.monotonic() - begun
    print(plain.render(outcome), f"({taken:.0f} s; load average at the start {load:.1f})", sep="\n", flush=True)
    if outcome.figures and not run.quick:
        results.keep(name, outcome, when=datetime.now(UTC), seconds=taken, load=load)
    return not outcome.failures


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

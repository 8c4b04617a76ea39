#!/usr/bin/env python3
"""Run make targets one after another and say at the very end which of them failed, and why.

A preparation that fails ends the run; a check that fails doesn't, so that one run tells of all of them. The output of each step is shown as it comes
and kept in ``.make/log``. Of each step that failed the last lines are shown again at the end, where they are read first.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

LOGS = Path(".make/log")
TAIL = 60
# Far more than any step takes: a step that hangs must not take the whole run's time, and its reason, with it.
LIMIT_SECONDS = 30 * 60


@dataclass(frozen=True)
class Result:
    """How one step ended."""

    name: str
    code: int
    seconds: float
    lines: list[str]

    @property
    def ok(self) -> bool:
        return self.code == 0


def main() -> int:
    """Run the steps of the command line; the exit code is 0 only where all of them passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prepare", nargs="*", default=[], metavar="TARGET")
    parser.add_argument("--check", nargs="*", default=[], metavar="TARGET")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    LOGS.mkdir(parents=True, exist_ok=True)
    results = _run_all(arguments.prepare, stop_at_failure=True)
    if all(result.ok for result in results):
        results += _run_all(arguments.check, stop_at_failure=False)
    left_out = [name for name in (*arguments.prepare, *arguments.check) if name not in {result.name for result in results}]
    _report(results, left_out)
    return 0 if all(result.ok for result in results) else 1


def _run_all(names: list[str], *, stop_at_failure: bool) -> list[Result]:
    results = []
    for name in names:
        results.append(_run(name))
        if stop_at_failure and not results[-1].ok:
            break
    return results


def _run(name: str) -> Result:
    """Run one target in a process group of its own, so that nothing of it outlives it."""
    print(f"\n=== {name}", flush=True)
    log = LOGS / f"{name}.log"
    started = time.monotonic()
    # Into a file, not a pipe: a pipe stays open as long as any grandchild lives, and would keep us waiting for it.
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "--no-print-directory", name], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        code = _follow(process, log, started + LIMIT_SECONDS)
    finally:
        _end_group(process)
    seconds = time.monotonic() - started
    print(f"--- {name}: {'passed' if code == 0 else f'FAILED (exit code {code})'} after {seconds:.0f} s", flush=True)
    return Result(name, code, seconds, log.read_text(errors="replace").splitlines())


def _follow(process: subprocess.Popen[bytes], log: Path, deadline: float) -> int:
    """Show what the step writes until it ends; give its exit code, or 124 where it took too long."""
    with log.open("rb") as written:
        while True:
            code = process.poll()
            sys.stdout.buffer.write(written.read())
            sys.stdout.buffer.flush()
            if code is not None:
                return code
            if time.monotonic() > deadline:
                with log.open("ab") as end:
                    end.write(f"\nEnded: still running after {LIMIT_SECONDS} s.\n".encode())
                return 124
            time.sleep(0.2)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a step: first asked, so that tests can end the processes they started, then forced."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _report(results: list[Result], left_out: list[str]) -> None:
    """List all steps with their closing lines; the failures, with the end of their output, come last."""
    print("\n=== Summary")
    for result in results:
        closing = next((line.strip() for line in reversed(result.lines) if line.strip()), "")
        print(f"{'passed' if result.ok else 'FAILED'} {result.seconds:6.0f} s  {result.name:<12} {closing[:150]}")
    for name in left_out:
        print(f"not run           {name}")
    failed = [result for result in results if not result.ok]
    for result in failed:
        print(f"\n=== {result.name} failed with exit code {result.code}; the end of its output (all of it: {LOGS / result.name}.log):")
        print("\n".join(result.lines[-TAIL:]))
    if failed:
        print(f"\nFailed: {', '.join(result.name for result in failed)}")
    else:
        print("\nAll checks passed.")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""A process that outlives a test run by a moment, and ends what the run leaves behind.

It waits for the end of its standard input, which comes when the process that started it ends in any way, and then ends every process with the mark.
Run as ``python -m pccompute_ext.testing.reaper <mark> <directory to remove>``.
"""

from __future__ import annotations

import shutil
import signal
import sys

from ..backends.local_leftovers import end_marked


def main() -> None:
    """Run the program."""
    mark, directory = sys.argv[1:]
    # An interrupt at the terminal is for the test run; this process follows it by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.buffer.read()
    end_marked(mark, patience=0)
    shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()

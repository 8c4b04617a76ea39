"""What the extension adds to the start of a Jupyter server, beside what dask-labextension adds.

Rounds of three starts in turn: without either, with pccompute, with dask-labextension; each from the start of the process to the first answer of
``/api/status``. What an extension adds is the median over the rounds of its start less the bare one of the same round. The processor time is what
the server process used until then, which other work on the machine disturbs less.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .harness.figures import Outcome, compare
from .harness.run import Run
from .harness.server import OURS, PEER, JupyterServer

KINDS: dict[str, list[str]] = {"bare": [], "ours": [OURS], "peer": [PEER]}


@dataclass
class Starts:
    """Of one kind, in seconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def measure(run: Run) -> Outcome:
    """Aim: a tenth of the peer's added time at most."""
    starts = {kind: Starts() for kind in KINDS}
    # The first start of each kind compiles, and fills the system's file cache: it does not count.
    for kind in KINDS:
        _start(run, kind)
    for number in range(run.of(15, 3)):
        kinds = list(KINDS)
        # So that none always follows the same other.
        for kind in kinds[number % 3 :] + kinds[: number % 3]:
            wall, cpu = _start(run, kind)
            starts[kind].wall.append(wall)
            starts[kind].cpu.append(cpu)
    added = {kind: [with_it - bare for with_it, bare in zip(starts[kind].wall, starts["bare"].wall, strict=True)] for kind in ("ours", "peer")}
    added_cpu = {kind: [with_it - bare for with_it, bare in zip(starts[kind].cpu, starts["bare"].cpu, strict=True)] for kind in ("ours", "peer")}
    return Outcome(
        [
            compare("Added to the start", "s", added["ours"], added["peer"], versus="dask-labextension", aim=0.1),
            compare("Added processor time", "s", added_cpu["ours"], added_cpu["peer"], versus="dask-labextension"),
            compare("The start itself", "s", starts["ours"].wall, starts["bare"].wall, versus="bare server"),
        ]
    )


def _start(run: Run, kind: str) -> tuple[float, float]:
    server = JupyterServer(run.folder(f"start-{kind}"), KINDS[kind])
    try:
        return server.start(), server.cpu_seconds()
    finally:
        server.close()

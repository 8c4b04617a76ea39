"""What a test has arranged: requests that are refused, and steps that take as long as the test likes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from .web import Answer, Refusal


@dataclass
class Hold:
    """A step that does not end before it is released.

    Attributes
    ----------
    early
        Whether it is the request that waits, before it has any effect.
    reached
        Set as soon as the step has begun.
    """

    early: bool = False
    reached: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)
    _then: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def release(self) -> None:
        """Let it go on."""
        with self._lock:
            self._released.set()
            then, self._then = self._then, []
        for do in then:
            do()

    def wait(self) -> None:
        """Block until it is released."""
        self.reached.set()
        self._released.wait()

    def then(self, do: Callable[[], None]) -> None:
        """Have something done when it is released, or now if it was."""
        with self._lock:
            if not self._released.is_set():
                self._then.append(do)
                self.reached.set()
                return
        self.reached.set()
        do()


@dataclass
class Fault:
    """Answers with which a step fails; ``late``: after Azure has accepted it."""

    answer: Answer
    late: bool = False


@dataclass
class _Planned:
    step: str
    what: Hold | Fault
    after: int
    times: int


class Script:
    """The plan. Steps are called after what is asked for: ``PUT virtualMachines``, ``DELETE disks``, ``GET subnets``, ``token``, ``boot``."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._lock = threading.Lock()

    def fail(self, step: str, answer: Answer, *, times: int = 1, after: int = 0, late: bool = False) -> None:
        """Let a step fail so many ``times``, not before it has been done well ``after`` so many."""
        with self._lock:
            self._planned.append(_Planned(step, Fault(answer, late), after, times))

    def hold(self, step: str, *, after: int = 0, early: bool = False) -> Hold:
        """Let a step take until it is released, the one that comes ``after`` so many."""
        hold = Hold(early)
        with self._lock:
            self._planned.append(_Planned(step, hold, after, 1))
        return hold

    def take(self, step: str) -> Hold | Fault | None:
        """What is planned for a step that is done now."""
        with self._lock:
            for planned in [planned for planned in self._planned if planned.step == step]:
                if planned.after:
                    planned.after -= 1
                elif planned.times:
                    planned.times -= 1
                    return planned.what
        return None

    def arranged(self, step: str) -> None:
        """Do what is planned for a question: refuse it, or take as long."""
        match self.take(step):
            case Fault(answer):
                raise Refusal(answer)
            case Hold() as hold:
                hold.wait()

    def end(self) -> None:
        """Let everything go on, and nothing more happen."""
        with self._lock:
            planned, self._planned = self._planned, []
        for one in planned:
            if isinstance(one.what, Hold):
                one.what.release()

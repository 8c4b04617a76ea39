"""What one step of a check found."""

from __future__ import annotations

from dataclasses import dataclass

from ..access_models import StepState


@dataclass(frozen=True)
class Outcome:
    """Passed, failed or warned with what to do, or skipped with why."""

    state: StepState
    detail: str
    advice: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether what builds on this step can't pass either."""
        return self.state in ("failed", "skipped")


def passed(detail: str) -> Outcome:
    """It is as it should be."""
    return Outcome("passed", detail)


def failed(detail: str, advice: str) -> Outcome:
    """It is not, and this is what to do."""
    return Outcome("failed", detail, advice)


def warned(detail: str, advice: str) -> Outcome:
    """It works, but somebody should look at it."""
    return Outcome("warning", detail, advice)


def skipped(why: str) -> Outcome:
    """It was not looked at."""
    return Outcome("skipped", why)

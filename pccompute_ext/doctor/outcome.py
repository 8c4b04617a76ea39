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
    blocked: bool = False
    """Skipped since something that it builds on did not pass."""

    @property
    def blocks(self) -> bool:
        """Whether what builds on this step can't pass either."""
        return self.state == "failed" or self.blocked


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
    """There was nothing to look at, which is no fault."""
    return Outcome("skipped", why)


def blocked(why: str) -> Outcome:
    """It could not be looked at, since something before it did not pass."""
    return Outcome("skipped", why, blocked=True)

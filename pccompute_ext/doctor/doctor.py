"""Runs the steps of a check, one after the other, each with a limit of time, and writes the report."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence

from ..access_models import CheckReport, CheckStep
from ..backends.base import Backend
from ..errors import ComputeError
from ..region import Regions
from ..tasks import describe_error
from .others import check_other
from .outcome import Outcome, blocked, failed
from .report import as_text
from .step import RunInKernel, Step, Subject
from .steps import STEPS


class Doctor:
    """Finds out why a connection does not work.

    Parameters
    ----------
    run_in_kernel
        Runs code in one of the server's kernels; ``None`` where there are none.
    regions
        Tells which backends compute beside the data; by default nobody wants to know.
    steps
        Other than those of this package.
    """

    def __init__(
        self, log: logging.Logger, run_in_kernel: RunInKernel | None = None, regions: Regions | None = None, steps: Sequence[Step] = STEPS
    ) -> None:
        self._log = log
        self._run_in_kernel = run_in_kernel
        self._regions = regions or Regions()
        self._steps = steps

    async def check(self, backend: Backend, kernel: str | None = None, on_step: Callable[[CheckStep], None] = lambda step: None) -> CheckReport:
        """Check one backend, and tell of each step once it is done. Does not raise: what is wrong is the report."""
        rows = []
        async for row in self._rows(backend, kernel):
            on_step(row)
            rows.append(row)
        return CheckReport(backend=backend.id, steps=rows, text=as_text(backend, rows))

    async def _rows(self, backend: Backend, kernel: str | None) -> AsyncIterator[CheckStep]:
        connection = getattr(backend, "connection", None)
        if connection is None:
            for row in await check_other(backend, self._regions):
                yield row
            return
        subject = Subject(backend, connection, kernel=kernel, run_in_kernel=self._run_in_kernel, regions=self._regions)
        for step in self._steps:
            yield await self._row(step, subject)

    async def _row(self, step: Step, subject: Subject) -> CheckStep:
        began = time.monotonic()
        outcome = subject.outcomes[step.id] = await self._look(step, subject)
        return CheckStep(
            id=step.id,
            title=step.title,
            state=outcome.state,
            detail=outcome.detail,
            advice=outcome.advice,
            milliseconds=round((time.monotonic() - began) * 1000),
        )

    async def _look(self, step: Step, subject: Subject) -> Outcome:
        for needed in step.needs:
            if subject.outcomes[needed].blocks:
                title = next(other.title for other in self._steps if other.id == needed)
                return blocked(f"Not looked at, since this did not pass: {title}.")
        try:
            async with asyncio.timeout(step.seconds):
                return await step.look(subject)
        except TimeoutError:
            return failed(f"There was no answer within {step.seconds:g} seconds.", "Try again; if it stays so, a firewall may drop what is sent.")
        except ComputeError as error:
            return failed(error.message, "See the message.")
        except Exception as error:
            self._log.error("The check %s failed in an unexpected way: %s", step.id, describe_error(error))
            return failed(f"The check itself failed ({type(error).__name__}).", "The log of the Jupyter server tells where; please report it.")

"""Whether a cluster's scheduler is there and has something to do. Imports Dask when it runs."""

from __future__ import annotations

import asyncio
import importlib
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from ..backends import scheduler_figures

_CONNECT_WITHIN: Final = 20.0
_SIGN_OF_LIFE: Final = 5.0
_ANSWER_WITHIN: Final = 30.0
_AGAIN_AFTER: Final = 5.0

log = logging.getLogger(__name__)


class SchedulerWatch:
    """Follows one scheduler until :meth:`run` is cancelled.

    Attributes
    ----------
    idle
        For how many seconds it has had nothing to do, when it last told; 0 while it has something.
    workers
        How many workers it has; ``None`` until it has told.
    lost_since
        Since when it can't be reached, by ``time.monotonic``.
    """

    def __init__(self, address: str, arguments: Mapping[str, Any]) -> None:
        self._address = address
        self._arguments = arguments
        self.idle = 0.0
        self.workers: int | None = None
        self.lost_since: float | None = None

    @property
    def lost_for(self) -> float:
        """For how many seconds it has not been reached."""
        return 0.0 if self.lost_since is None else time.monotonic() - self.lost_since

    async def run(self) -> None:
        """Follow it. Never raises, but for its cancellation."""
        while True:
            try:
                await self._follow()
            except Exception as error:
                log.debug("The scheduler can't be followed: %s", type(error).__name__)
                if self.lost_since is None:
                    self.lost_since = time.monotonic()
            await asyncio.sleep(_AGAIN_AFTER)

    async def _follow(self) -> None:
        distributed_comm = importlib.import_module("distributed.comm")
        comm = await distributed_comm.connect(self._address, timeout=_CONNECT_WITHIN, deserialize=False, **self._arguments)
        try:
            told: Mapping[str, Any] | None = None
            while True:
                async with asyncio.timeout(_ANSWER_WITHIN):
                    await comm.write(scheduler_figures.as_message(told, 1.0, _SIGN_OF_LIFE))
                    answer = await comm.read()
                    # A feed answers once more, with nothing, when it has ended.
                    await comm.read()
                told = answer["figures"]
                self.workers = told["workers"]
                # Both times are by the scheduler's clock.
                self.idle = max(0.0, answer["now"] - told["idle_since"]) if "idle_since" in told else 0.0
                self.lost_since = None
        finally:
            with suppress(Exception):
                comm.abort()

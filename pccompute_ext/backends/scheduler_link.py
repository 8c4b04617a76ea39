"""A connection to a cluster's scheduler, over which it tells its figures again and again.

The scheduler sends by itself, over Dask's own protocol; nothing is asked, so nothing is written into its log. Everything has a time limit, and no
error carries the scheduler's address, which holds the cluster's name.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from ..models import Idle, Live, Memory, Tasks, Workers
from . import scheduler_figures
from .base import Observation, ObservedScaling

_CONNECT_TIMEOUT: Final = 6.0
_FIGURES_TIMEOUT: Final = 10.0


class SchedulerUnreachable(Exception):
    """The scheduler can't be connected to, or told nothing. The message is for a person."""


class SchedulerLink:
    """One open connection; made by :meth:`open`, to be closed with :meth:`close`."""

    def __init__(self, comm: Any, interval: float) -> None:
        self._comm = comm
        self._interval = interval

    @classmethod
    async def open(cls, address: str, security: Mapping[str, str], interval: float = 0.5) -> Self:
        """Connect, and let the scheduler begin.

        Parameters
        ----------
        address
            The scheduler's, as the gateway's proxy has it; with the cluster's name, so it is never shown.
        security
            The certificate and key of the cluster, as in the gateway's report.
        interval
            Seconds between two tellings.

        Raises
        ------
        SchedulerUnreachable
            It can't be connected to, or not in time.
        """
        comm = None
        try:
            # Registers the gateway's protocol, and makes TLS contexts from files: not on the event loop.
            arguments = await asyncio.to_thread(_connection_arguments, security)
            function = await asyncio.to_thread(scheduler_figures.as_message)
            distributed_comm = importlib.import_module("distributed.comm")
            async with asyncio.timeout(_CONNECT_TIMEOUT):
                # While it connects, distributed looks the host's name up on the event loop, unless it remembers it from before.
                await asyncio.to_thread(distributed_comm.resolve_address, address)
                comm = await distributed_comm.connect(address, timeout=_CONNECT_TIMEOUT, deserialize=False, **arguments)
                await comm.write({"op": "feed", "function": function, "interval": interval})
            return cls(comm, interval)
        except BaseException as error:
            if comm is not None:
                comm.abort()
            if isinstance(error, TimeoutError):
                raise SchedulerUnreachable(
                    "The scheduler can't be connected to from here: it does not answer. The port of the gateway's scheduler proxy may be closed."
                ) from None
            if isinstance(error, Exception):
                raise SchedulerUnreachable(f"The scheduler can't be connected to from here ({_kind(error)}).") from None
            raise

    def close(self) -> None:
        """Close at once; closing again does nothing."""
        self._comm.abort()

    async def next(self) -> Observation:
        """The next telling.

        Raises
        ------
        SchedulerUnreachable
            The connection ended, or nothing came in time.
        """
        try:
            async with asyncio.timeout(_FIGURES_TIMEOUT + self._interval):
                told = await self._comm.read()
            return observation(told)
        except TimeoutError:
            raise SchedulerUnreachable("The scheduler does not answer. It may be busy.") from None
        except Exception as error:
            raise SchedulerUnreachable(f"The scheduler's figures can't be had ({_kind(error)}).") from None


def observation(told: Mapping[str, Any]) -> Observation:
    """From what :func:`.scheduler_figures.figures` tells to an observation."""
    ready = told["workers"]
    requested = told.get("count")
    scaling = idle = None
    if requested is not None:
        if told["adaptive"]:
            scaling = ObservedScaling("adaptive", minimum=told["minimum"] or 0, maximum=told["maximum"])
        else:
            scaling = ObservedScaling("manual", count=requested)
    if "idle_for" in told:
        since = _to_second(datetime.now(UTC) - timedelta(seconds=told["idle_for"]))
        idle = Idle(since=since, stops_at=since + timedelta(seconds=told["idle_timeout"]))
    return Observation(
        workers=Workers(ready=ready, requested=requested, arriving=None if requested is None else max(0, requested - ready)),
        cores=told["cores"],
        memory=Memory(limit=told["memory_limit"], used=told["memory_used"]),
        tasks=Tasks(processing=told["processing"], waiting=told["waiting"], erred=told["erred"]),
        scaling=scaling,
        idle=idle,
        clients=told["clients"],
        live=Live(kind="stream"),
    )


def _to_second(moment: datetime) -> datetime:
    """So that the same moment, measured twice, is mostly the same."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _connection_arguments(security: Mapping[str, str]) -> dict[str, Any]:
    """Dask Gateway's own way to make a TLS context of a certificate and a key. Writes and reads files: not for the event loop."""
    client = importlib.import_module("dask_gateway.client")
    arguments: dict[str, Any] = client.GatewaySecurity(**security).get_connection_args("client")
    return arguments


def _kind(error: Exception) -> str:
    """What an error was, without its text."""
    return type(error).__name__

"""Calls of a backend, bounded and translated: whatever goes wrong in there, what comes out is an error of the domain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import TypeVar

from .backends.base import Backend
from .errors import BackendFailed, BackendTimeout, ComputeError
from .tasks import describe_error

T = TypeVar("T")


async def call(backend: Backend, answer: Awaitable[T], *, within: float, log: logging.Logger) -> T:
    """Wait for a backend's answer, ``within`` seconds at most.

    Raises
    ------
    BackendTimeout
        No answer in time.
    BackendFailed
        The backend broke its contract and raised something else; the log says what.
    ComputeError
        What the backend itself says.
    """
    deadline = asyncio.timeout(within)
    try:
        async with deadline:
            return await answer
    except ComputeError:
        raise
    except TimeoutError as error:
        if deadline.expired():
            raise BackendTimeout(f"{backend.label} did not answer within {within:g} seconds. It may be slow or down; try again later.") from None
        log.error("%s raised a time-out of its own: %s", backend.label, describe_error(error))
        raise BackendTimeout(f"{backend.label} did not answer in time. It may be slow or down; try again later.") from None
    except Exception as error:
        log.error("%s failed in an unexpected way: %s", backend.label, describe_error(error))
        raise BackendFailed(f"{backend.label} failed in an unexpected way. The server's log tells where.") from None


async def settled(task: asyncio.Task[T], *, within: float) -> bool:
    """Whether ``task`` ends ``within`` so many seconds; it goes on where it does not."""
    done, _ = await asyncio.wait({task}, timeout=within)
    return bool(done)

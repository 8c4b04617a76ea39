"""One step of a check, and what it can look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ..backends.base import Backend
from ..backends.gateway_settings import Endpoint
from ..region import Regions
from .outcome import Outcome

if TYPE_CHECKING:
    from ..backends.gateway_connection import GatewayConnection


class RunInKernel(Protocol):
    """Evaluates a Python expression in a running kernel, without a trace in its history."""

    async def __call__(self, kernel_id: str, expression: str) -> str:
        """Return what the kernel shows as its value.

        Raises
        ------
        ComputeError
            There is no such kernel, it is busy, or the expression failed.
        """


@dataclass
class Subject:
    """What is checked.

    Attributes
    ----------
    endpoint
        Known once the configuration could be read.
    kernel
        Id of the kernel whose versions are compared; ``None`` for none.
    regions
        For where the clusters run, beside where the data is.
    found
        What one step leaves for later ones.
    outcomes
        Of the steps so far, by id.
    """

    backend: Backend
    connection: GatewayConnection
    endpoint: Endpoint | None = None
    kernel: str | None = None
    run_in_kernel: RunInKernel | None = None
    regions: Regions = field(default_factory=Regions)
    found: dict[str, Any] = field(default_factory=dict, repr=False)
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def known(self) -> Endpoint:
        """The endpoint, for steps that come after it is known."""
        assert self.endpoint is not None, "A step that needs the address says so."
        return self.endpoint


@dataclass(frozen=True)
class Step:
    """A look at one thing.

    Attributes
    ----------
    look
        May raise the errors of the domain: a failure, in their words.
    needs
        Ids of the steps that must not have failed.
    seconds
        The most that it may take.
    """

    id: str
    title: str
    look: Callable[[Subject], Awaitable[Outcome]]
    needs: tuple[str, ...] = ()
    seconds: float = 20.0

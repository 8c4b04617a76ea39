"""A connection to a cluster's scheduler in Dask's own protocol, and questions over it.

Nobody who uses it is a client to the scheduler: it neither counts as one nor as activity. No error carries the scheduler's address, which holds the
cluster's name.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from typing import Any, Final, Self

_CONNECT_TIMEOUT: Final = 6.0

_NO_WAY: Final = "The scheduler can't be connected to from here, and not by kernels here either"
_PORT: Final = "The port of the gateway's scheduler proxy may be closed for this machine."


class SchedulerUnreachable(Exception):
    """The scheduler can't be connected to, or told nothing. The message is for a person."""


class NotConnected(SchedulerUnreachable):
    """There is no way to it from this machine, for kernels neither."""


class SchedulerComm:
    """One open connection; made by :meth:`open`, to be closed with :meth:`close`."""

    def __init__(self, comm: Any) -> None:
        self._comm = comm

    @classmethod
    async def open(cls, address: str, security: Mapping[str, str], hint: str = _PORT) -> Self:
        """Connect.

        Parameters
        ----------
        address
            The scheduler's, as the gateway's proxy has it; with the cluster's name, so it is never shown.
        security
            The certificate and key of the cluster, as in the gateway's report; or those of Dask's own ``Security``, or none.
        hint
            What may be the matter where it can't be connected to.

        Raises
        ------
        NotConnected
            It can't be connected to, or not in time.
        """
        try:
            # Registers the gateway's protocol, and makes TLS contexts from files: not on the event loop.
            arguments = await asyncio.to_thread(_connection_arguments, security)
            distributed_comm = importlib.import_module("distributed.comm")
            async with asyncio.timeout(_CONNECT_TIMEOUT):
                # While it connects, distributed looks the host's name up on the event loop, unless it remembers it from before.
                await asyncio.to_thread(distributed_comm.resolve_address, address)
                return cls(await distributed_comm.connect(address, timeout=_CONNECT_TIMEOUT, deserialize=False, **arguments))
        except TimeoutError:
            raise NotConnected(f"{_NO_WAY}: it does not answer. {hint}") from None
        except Exception as error:
            raise NotConnected(f"{_NO_WAY} ({type(error).__name__}). {hint}") from None

    def close(self) -> None:
        """Close at once; closing again does nothing."""
        self._comm.abort()

    async def ask(self, message: Mapping[str, Any], within: float) -> Any:
        """Send a request and read one answer. After an error the connection is of no more use.

        Raises
        ------
        SchedulerUnreachable
            The connection ended, nothing came in time, or the scheduler could not do it.
        """
        try:
            async with asyncio.timeout(within):
                await self._comm.write(dict(message))
                answer = await self._comm.read()
        except TimeoutError:
            raise SchedulerUnreachable("The scheduler does not answer. It may be busy.") from None
        except Exception as error:
            raise SchedulerUnreachable(f"The connection to the scheduler broke ({type(error).__name__}).") from None
        return _checked(answer)

    async def read(self, within: float) -> Any:
        """Read one more answer to the last request. Raises as :meth:`ask` does."""
        try:
            async with asyncio.timeout(within):
                return _checked(await self._comm.read())
        except TimeoutError:
            raise SchedulerUnreachable("The scheduler does not answer. It may be busy.") from None
        except SchedulerUnreachable:
            raise
        except Exception as error:
            raise SchedulerUnreachable(f"The connection to the scheduler broke ({type(error).__name__}).") from None


def _checked(answer: Any) -> Any:
    if isinstance(answer, Mapping) and answer.get("status") == "uncaught-error":
        raise SchedulerUnreachable("The scheduler can't tell this. Its version of Dask may not be supported.")
    return answer


def _connection_arguments(security: Mapping[str, str]) -> dict[str, Any]:
    """Make a TLS context of certificates and a key. Writes and reads files: not for the event loop."""
    if "tls_cert" in security:
        # Dask Gateway's own way: the cluster's certificate is its own authority.
        arguments: dict[str, Any] = importlib.import_module("dask_gateway.client").GatewaySecurity(**security).get_connection_args("client")
    else:
        own = importlib.import_module("distributed.security").Security(require_encryption=bool(security), **security)
        arguments = own.get_connection_args("client")
    return arguments

"""The cluster's object: any class with the interface of Dask's ``Cluster``, in its asynchronous form."""

from __future__ import annotations

import asyncio
import importlib
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .cluster_thread import ClusterThread
from .loading import load

_CLOSED: Final = ("closing", "closed", "failed")

_ANSWERS_WITHIN: Final = 5.0
"""Seconds. A class may block its thread for minutes, as when it connects to a machine that gives no answer: then it can close nothing either."""

MAKERS: Final[Mapping[str, str]] = {
    "dask_cloudprovider.azure.AzureVMCluster": "pccompute_ext.azure.cluster.azure_cluster",
    "dask_cloudprovider.azure.azurevm.AzureVMCluster": "pccompute_ext.azure.cluster.azure_cluster",
}
"""For which class of cluster something else is called that makes its object; both as paths."""

_SECRETS: Final = ("tls_ca_file", "tls_client_cert", "tls_client_key")


class Held:
    """One cluster, from its class to its end. Its methods are called in the supervisor's loop and work in the cluster's.

    Parameters
    ----------
    class_path
        Of the class, or of a function that returns a cluster.
    arguments
        For it. Where it takes ``security`` and none is given, the cluster gets certificates of its own.
    """

    def __init__(self, class_path: str, arguments: Mapping[str, Any]) -> None:
        self._class_path = class_path
        self._arguments = arguments
        self._thread = ClusterThread()
        self._adaptive: Any = None
        self._starting: asyncio.Task[Any] | None = None
        self.cluster: Any = None

    async def make(self) -> Any:
        """Import the class and make the object, which starts nothing yet.

        Raises
        ------
        Exception
            Whatever the import or the class raises.
        """
        made = await load(MAKERS.get(self._class_path, self._class_path), self._thread)
        await self._thread.run(self._make(made))
        return self.cluster

    async def start(self) -> None:
        """Return when the scheduler runs. Raises what the class raises; may be cancelled."""
        await self._thread.run(self._start())

    async def scale(self, count: int) -> None:
        """Ask for a fixed number of workers."""
        await self._thread.run(self._scale(count))

    async def adapt(self, minimum: int, maximum: int) -> None:
        """Let the cluster size itself."""
        await self._thread.run(self._adapt(minimum, maximum))

    async def close(self, within: float) -> None:
        """Close what there is of it, for so many seconds at most. Raises what the class raises, or :class:`TimeoutError`."""
        if self.cluster is not None:
            await self._thread.check(_ANSWERS_WITHIN)
            async with asyncio.timeout(within):
                await self._thread.run(self._close())

    # -- what it tells; read from here, as nothing of it waits -----------------------------------------------------------

    @property
    def said(self) -> list[str]:
        """What it has told of its start."""
        return [str(line[-1]) if isinstance(line, tuple) else str(line) for line in list(getattr(self.cluster, "_cluster_manager_logs", ()))]

    @property
    def wanted(self) -> int | None:
        """How many workers it wants now."""
        try:
            return len(self.cluster.plan)
        except Exception:
            # Not every class keeps a plan.
            return None

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself."""
        parts = (self.cluster, getattr(self.cluster, "scheduler", None))
        return any(getattr(getattr(part, "status", None), "name", None) in _CLOSED for part in parts)

    @property
    def address(self) -> str:
        """Of the scheduler, as clients connect to it."""
        return str(self.cluster.scheduler_address)

    @property
    def dashboard(self) -> str | None:
        """URL of the scheduler's pages, as this machine reaches them."""
        link = str(getattr(self.cluster, "dashboard_link", None) or "")
        return link.removesuffix("/status").rstrip("/") or None

    def connection_arguments(self) -> dict[str, Any]:
        """For a connection to the scheduler from here."""
        security: Any = getattr(self.cluster, "security", None)
        arguments: dict[str, Any] = security.get_connection_args("client") if hasattr(security, "get_connection_args") else {}
        return arguments

    def connection(self) -> dict[str, str]:
        """Return what a client needs: ``address``, and where there is encryption the certificates and the key, as PEM texts."""
        security = getattr(self.cluster, "security", None)
        told = {"address": self.address}
        for name in _SECRETS:
            if value := getattr(security, name, None):
                told[name] = value if "-----BEGIN" in value else Path(value).read_text()
        return told

    # -- in the cluster's loop -------------------------------------------------------------------------------------------

    async def _make(self, made: Any) -> None:
        arguments = {"asynchronous": True, **self._arguments}
        if "security" in inspect.signature(made).parameters and "security" not in arguments:
            # Whoever reaches a scheduler without encryption may run code as this user.
            arguments["security"] = importlib.import_module("distributed.security").Security.temporary()
        self.cluster = made(**arguments)

    async def _start(self) -> None:
        self._starting = asyncio.current_task()
        await self.cluster

    async def _scale(self, count: int) -> None:
        self._end_adapting()
        await _settle(self.cluster.scale(count))

    async def _adapt(self, minimum: int, maximum: int) -> None:
        self._end_adapting()
        bounds = {"minimum": minimum, "maximum": maximum}
        if "Adaptive" in inspect.signature(self.cluster.adapt).parameters or _passes_on(self.cluster.adapt):
            bounds["Adaptive"] = importlib.import_module(f"{__package__}.adapting").Adapting
        self._adaptive = await _settle(self.cluster.adapt(**bounds))

    async def _close(self) -> None:
        if self._starting is not None:
            await asyncio.wait({self._starting})
        self._end_adapting()
        status: Any = getattr(self.cluster, "status", None)
        if not self._has_started and getattr(status, "name", None) in ("created", "starting", "closing") and hasattr(self.cluster, "_lock"):
            # Dask's own classes close nothing of a cluster whose start was cancelled, unless it counts as failed. Where they failed to close one
            # whose start had failed, they would wait for that for ever.
            self.cluster.status = type(status).failed
        await _settle(self.cluster.close())

    @property
    def _has_started(self) -> bool:
        task = self._starting
        return task is not None and task.done() and not task.cancelled() and task.exception() is None

    def _end_adapting(self) -> None:
        if self._adaptive is not None and hasattr(self._adaptive, "stop"):
            self._adaptive.stop()
        self._adaptive = None


def _passes_on(function: Any) -> bool:
    return any(parameter.kind is parameter.VAR_KEYWORD for parameter in inspect.signature(function).parameters.values())


async def _settle(answer: Any) -> Any:
    return await answer if inspect.isawaitable(answer) else answer

"""Put changes of the public models on the event bus."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

import msgspec
from jupyter_events import EventLogger

from ..models import BackendEvent, ClusterEvent
from ..tasks import describe_error

CLUSTER_STATUS = "https://events.jupyter.org/pccompute/cluster_status/v1"
BACKEND_STATUS = "https://events.jupyter.org/pccompute/backend_status/v1"

SLICE: Final = 0.003
"""Seconds that events may take in one go. The bus takes about half a millisecond for one that somebody listens to."""

SCHEMAS = tuple(Path(__file__).with_name(name) / "v1.yaml" for name in ("cluster_status", "backend_status"))


class Emitter:
    """Emits our events on a server's event bus, and registers their schemas there. To be used in a running event loop.

    A thousand clusters may change at once, and then other requests find their way in between. Of a cluster that changes again before its turn, only
    the latest is told.

    The bus checks every event against its schema. One that does not match is a mistake of ours: it is logged and not sent, and the clusters go on.
    """

    def __init__(self, bus: EventLogger, log: logging.Logger) -> None:
        self._bus = bus
        self._log = log
        self._waiting: dict[tuple[str, str | None], msgspec.Struct] = {}
        """What is still to be told, by schema and by whom it is about."""
        for schema in SCHEMAS:
            bus.register_event_schema(schema)

    def cluster(self, event: ClusterEvent) -> None:
        """Tell of a cluster that changed, or left the list."""
        self._put(CLUSTER_STATUS, event.cluster.id if event.cluster else event.removed, event)

    def backend(self, event: BackendEvent) -> None:
        """Tell of a backend whose state changed."""
        self._put(BACKEND_STATUS, event.backend.id if event.backend else event.removed, event)

    def _put(self, schema_id: str, subject: str | None, event: msgspec.Struct) -> None:
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._send)
        self._waiting[schema_id, subject] = event

    def _send(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + SLICE
        while self._waiting:
            about = next(iter(self._waiting))
            self._emit(about[0], self._waiting.pop(about))
            if loop.time() >= end:
                break
        if self._waiting:
            loop.call_soon(self._send)

    def _emit(self, schema_id: str, event: msgspec.Struct) -> None:
        try:
            self._bus.emit(schema_id=schema_id, data=msgspec.to_builtins(event))
        except Exception as error:
            self._log.error("An event of %s was not sent: %s", schema_id, describe_error(error))

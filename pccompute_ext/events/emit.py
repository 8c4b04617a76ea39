"""Put changes of the public models on the event bus."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
from jupyter_events import EventLogger

from ..models import BackendEvent, ClusterEvent
from ..tasks import describe_error

CLUSTER_STATUS = "https://events.jupyter.org/pccompute/cluster_status/v1"
BACKEND_STATUS = "https://events.jupyter.org/pccompute/backend_status/v1"

SCHEMAS = tuple(Path(__file__).with_name(name) / "v1.yaml" for name in ("cluster_status", "backend_status"))


class Emitter:
    """Emits our events on a server's event bus, and registers their schemas there.

    The bus checks every event against its schema. One that does not match is a mistake of ours: it is logged and not sent, and the clusters go on.
    """

    def __init__(self, bus: EventLogger, log: logging.Logger) -> None:
        self._bus = bus
        self._log = log
        for schema in SCHEMAS:
            bus.register_event_schema(schema)

    def cluster(self, event: ClusterEvent) -> None:
        """Tell of a cluster that changed, or left the list."""
        self._emit(CLUSTER_STATUS, event)

    def backend(self, event: BackendEvent) -> None:
        """Tell of a backend whose state changed."""
        self._emit(BACKEND_STATUS, event)

    def _emit(self, schema_id: str, event: msgspec.Struct) -> None:
        try:
            self._bus.emit(schema_id=schema_id, data=msgspec.to_builtins(event))
        except Exception as error:
            self._log.error("An event of %s was not sent: %s", schema_id, describe_error(error))

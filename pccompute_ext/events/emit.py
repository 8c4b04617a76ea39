"""Put changes of the public models on the event bus."""

from __future__ import annotations

from pathlib import Path

import msgspec
from jupyter_events import EventLogger

from ..models import BackendEvent, ClusterEvent

CLUSTER_STATUS = "https://events.jupyter.org/pccompute/cluster_status/v1"
BACKEND_STATUS = "https://events.jupyter.org/pccompute/backend_status/v1"

SCHEMAS = tuple(Path(__file__).with_name(name) / "v1.yaml" for name in ("cluster_status", "backend_status"))


class Emitter:
    """Emits our events on a server's event bus, whose schemas it registers.

    The bus checks every event against its schema and raises for one that does not match; it has no replay.
    """

    def __init__(self, bus: EventLogger) -> None:
        self._bus = bus
        for schema in SCHEMAS:
            bus.register_event_schema(schema)

    def cluster(self, event: ClusterEvent) -> None:
        """Tell of a cluster that changed, or left the list."""
        self._bus.emit(schema_id=CLUSTER_STATUS, data=msgspec.to_builtins(event))

    def backend(self, event: BackendEvent) -> None:
        """Tell of a backend whose state changed."""
        self._bus.emit(schema_id=BACKEND_STATUS, data=msgspec.to_builtins(event))

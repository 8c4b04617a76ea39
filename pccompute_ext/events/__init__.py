"""Events on Jupyter Server's event bus: changes reach every browser without being asked for."""

from .emit import BACKEND_STATUS, CLUSTER_STATUS, Emitter

__all__ = ["BACKEND_STATUS", "CLUSTER_STATUS", "Emitter"]

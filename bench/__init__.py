"""Benchmarks of pccompute beside its peers. Run ``make bench``, or ``python -m bench --help`` in its virtual environment."""

from __future__ import annotations

from types import ModuleType

from . import create_to_running, growth, pending_card, responsiveness, server_start, users, watching, worker_on_page

BENCHMARKS: dict[str, ModuleType] = {
    "server-start": server_start,
    "create-to-running": create_to_running,
    "pending-card": pending_card,
    "worker-on-page": worker_on_page,
    "responsiveness": responsiveness,
    "watching": watching,
    "growth": growth,
    "users": users,
}
"""By name, in the order in which they run. Each is a module with ``measure(run) -> Outcome``, whose docstring tells its method."""

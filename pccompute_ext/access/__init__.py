"""Gateways that a user adds, credentials that are entered, and checks of a connection: within what the administrator allows."""

from .policy import AccessPolicy
from .service import Access
from .setup import AccessSetup

__all__ = ["Access", "AccessPolicy", "AccessSetup"]

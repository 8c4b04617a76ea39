"""What is asked of a JupyterHub from outside: is it one, whose is a token, what may it do, and until when."""

from .address import HubAddress
from .client import HubClient
from .errors import ScopesMissing, TokenExpired, TokenMissing, TokenRefused
from .identity import TokenIdentity

__all__ = ["HubAddress", "HubClient", "ScopesMissing", "TokenExpired", "TokenIdentity", "TokenMissing", "TokenRefused"]

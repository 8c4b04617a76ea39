"""Credentials: what they are, whom they may be sent to, and where they are kept."""

from .credential import Credential, token_credential
from .environment import EnvironmentSource, environment_origins
from .errors import StoreFailed, StoreUnavailable
from .origin import Origin
from .os_keyring import KeyringSource
from .private_file import FileSource
from .provider import CredentialProvider
from .secret import Secret
from .session import SessionSource
from .source import Keeper, Source, SourceKind, StoreChoice
from .store import CredentialStore, Found, Kept, Lookup

__all__ = [
    "Credential",
    "CredentialProvider",
    "CredentialStore",
    "EnvironmentSource",
    "FileSource",
    "Found",
    "Keeper",
    "Kept",
    "KeyringSource",
    "Lookup",
    "Origin",
    "Secret",
    "SessionSource",
    "Source",
    "SourceKind",
    "StoreChoice",
    "StoreFailed",
    "StoreUnavailable",
    "environment_origins",
    "token_credential",
]

"""A gateway, as far as code has to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..snippet_models import SnippetLink
from .opening import Opening


@dataclass(frozen=True)
class Hub:
    """The JupyterHub that a gateway belongs to, as people reach it.

    Attributes
    ----------
    url
        Of its front page, with a slash at the end.
    token_page
        Where a person makes a token.
    scope
        What a token needs for the gateway; ``None`` where that is not known.
    user
        Whose it is all about, where that is known.
    server_url
        Of that user's server, with a slash at the end and without a token.
    """

    url: str
    token_page: str
    scope: str | None = None
    user: str | None = None
    server_url: str | None = None

    @property
    def token_link(self) -> SnippetLink:
        """For people."""
        with_scope = f" with the scope {self.scope}" if self.scope else ""
        return SnippetLink(label=f"Make a token{with_scope}", url=self.token_page)


@dataclass(frozen=True)
class Outside:
    """A gateway as it is reached from other machines than this server's.

    Attributes
    ----------
    address
        Without user and password.
    inside_proxy
        Whether the proxy address looks like one that only machines beside the gateway can reach.
    auth
        ``none``: the gateway takes any user name.
    username
        With ``basic``.
    """

    address: str
    proxy_address: str
    auth: Literal["jupyterhub", "basic", "kerberos", "none"]
    inside_proxy: bool = False
    username: str | None = None

    @property
    def warning(self) -> str | None:
        """What a person has to do before it works."""
        if not self.inside_proxy:
            return None
        return "Inside the hub only, perhaps: ask its administrator for the proxy address from outside."


@dataclass(frozen=True)
class GatewayPlace:
    """A gateway.

    Attributes
    ----------
    opening
        For kernels beside this server.
    outside
        ``None``: other machines don't reach it, or not with anything that code could say.
    image
        Of the workers, where nothing else is chosen.
    compute_instance
        The name of the compute instance of Azure Machine Learning on which this server runs; ``None``: it runs on none.
    """

    opening: Opening
    outside: Outside | None = None
    hub: Hub | None = None
    image: str | None = None
    compute_instance: str | None = None

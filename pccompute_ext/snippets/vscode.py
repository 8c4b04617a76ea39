"""Way 6: VS Code, with kernels on the hub."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ..snippet_models import Snippet, SnippetLink
from . import clusters
from .opening import Configured
from .place import Hub
from .python import Source
from .text import code_block, code_span
from .wanted import Wanted

#: What a token needs to run kernels on a server that runs, and to start that server too.
RUN_SCOPE: Final = "access:servers!user"
START_SCOPE: Final = "servers!user"

_URL: Final = "/:@?&=%[]~+,;!$*"


def vscode(hub: Hub, wanted: Wanted) -> Snippet:
    """A card: what to enter where, and the code to run there."""
    source = Source(wanted.names)
    # On the hub, the gateway is configured.
    clusters.use(source, Configured(), wanted)
    server = hub.server_url or f"{hub.url}user/YOUR-NAME/"
    lines = [
        "# VS Code with a kernel on the hub",
        "",
        f"- Hub: {code_span(hub.url)}",
        f"- User: {code_span(hub.user) if hub.user else 'your name on the hub'}",
        f"- Server: {code_span(server)}",
        f"- Token: make one at <{quote(hub.token_page, safe=_URL)}>, with the scopes",
        f"  {code_span(RUN_SCOPE)} to use a server that runs, and",
        f"  {code_span(START_SCOPE)} too for starting it from VS Code",
        "",
        "1. Install the extensions *Jupyter* and *JupyterHub* in VS Code, and open a notebook.",
        "2. Choose *Select Kernel*, *Existing JupyterHub Server*, and enter the hub and the user from above.",
        "3. Paste the token where VS Code asks for the password.",
        "4. Choose a kernel, and run:",
        "",
    ]
    card = "\n".join(lines) + "\n" + code_block(source.text(), "python") + "\nClusters that are started there show up in the panel.\n"
    return Snippet(
        id="vscode",
        title="VS Code",
        description="Your own editor, while kernels and data stay on the hub.",
        language="markdown",
        code=card,
        links=[SnippetLink(label="Make a token", url=hub.token_page), SnippetLink(label="Open the hub", url=hub.url)],
    )

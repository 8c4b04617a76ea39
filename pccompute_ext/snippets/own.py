"""Way 1 for a cluster without a gateway: its scheduler, whose address and key are in a private file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..snippet_models import Snippet, SnippetNames
from .python import Source, call
from .text import quoted
from .wanted import Wanted

_SHORT: Final = 8
"""As much of the end of a cluster's name is public."""


def own(connection: Path, wanted: Wanted) -> Snippet:
    """Connect a client to the scheduler.

    Parameters
    ----------
    connection
        A JSON file with ``address`` and what else Dask's ``Security`` takes, if anything.
    """
    assert wanted.cluster is not None, "There is nothing to connect to yet."
    source = Source(wanted.names)
    source.imports("json")
    source.imports("pathlib", "Path")
    source.imports("dask.distributed", "Client", "Security")
    file, read, address, security, client = (wanted.names.of(usual) for usual in ("connection_file", "connection", "address", "security", "client"))
    source.assign(file, call("Path", quoted(str(connection))))
    source.assign(read, call("json.loads", f"{file}.read_text()"))
    source.assign(address, f'{read}.pop("address")')
    source.assign(security, call("Security", f"**{read}", require_encryption=f"bool({read})"))
    source.do(f"del {read}")
    # Nothing else tells a client of this cluster from others in the same kernel.
    name = quoted(wanted.cluster[-_SHORT:])
    source.assign(client, call("Client", address, security=security, name=name))
    source.do(client)
    return Snippet(
        id="connect",
        title="Notebook, this cluster",
        description="Connects this notebook to the cluster: its computations then run there.",
        language="python",
        code=source.text(),
        names=SnippetNames(cluster=None, client=client),
    )

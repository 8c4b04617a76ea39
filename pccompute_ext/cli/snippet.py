"""``jupyter pccompute snippet``: the code for a cluster from a terminal, the same that the panel gives."""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

_WITHIN: Final = 60.0
"""Seconds for an answer: the first request of a server makes it import Dask."""

EPILOG = """
The cluster is named as the panel names it: by its label, its short name or its id. The running servers of this user are asked, or the
one at --url; its token is then known from the running server, or taken from the environment variable JUPYTER_TOKEN. The exit code is 0
where there is such code, and 1 where there is none.
"""


class NothingFoundError(Exception):
    """There is no code to print; the message says why, and what to do."""


@dataclass(frozen=True)
class Server:
    """A Jupyter server.

    Attributes
    ----------
    url
        With a slash at the end.
    direct
        Whether it runs on this machine: then no HTTP proxy gets to see the token.
    """

    url: str
    token: str = field(repr=False)
    direct: bool = False

    def get(self, path: str) -> Any:
        """Ask the extension's API.

        Raises
        ------
        NothingFoundError
            It refused, with the reason, or did not answer.
        """
        request = urllib.request.Request(f"{self.url}pccompute/{path}", headers={"Authorization": f"token {self.token}"})  # noqa: S310 -- http only
        try:
            with self._opener.open(request, timeout=_WITHIN) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise NothingFoundError(_reason(error)) from None
        except (OSError, ValueError):
            raise NothingFoundError(f"The Jupyter server at {self.url} does not answer. Is it running, and is this its address?") from None

    @property
    def _opener(self) -> urllib.request.OpenerDirector:
        return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if self.direct else []))


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the subcommand."""
    snippet = commands.add_parser("snippet", help="print the code for a cluster", description=__doc__, epilog=EPILOG)
    snippet.add_argument("cluster", help="label, short name or id of the cluster")
    snippet.add_argument("--way", default="connect", help="the id of the way in; by default %(default)s")
    snippet.add_argument("--list", action="store_true", help="list the ways that this cluster has instead")
    snippet.add_argument("--url", help="URL of the Jupyter server; by default all running ones are asked")
    snippet.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the code, and return the exit code."""
    try:
        ways = _ways(list(_servers(options.url)), options.cluster)
        if options.list:
            sys.stdout.writelines(f"{way['id']:<17} {way['title']}\n" for way in ways)
        else:
            sys.stdout.write(_way(ways, options.way)["code"])
    except NothingFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _servers(url: str | None) -> Iterator[Server]:
    # Costs the import of Jupyter Server, which the other subcommands need not pay.
    from jupyter_server.serverapp import list_running_servers

    running = [Server(_with_slash(found["url"]), found["token"], direct=True) for found in list_running_servers()]
    if url is None:
        yield from running
        return
    if not url.startswith(("http://", "https://")):
        raise NothingFoundError("The URL of a Jupyter server begins with http:// or https://.")
    wanted = _with_slash(url.partition("?")[0])
    known = {server.url: server for server in running}
    yield known.get(wanted) or Server(wanted, os.environ.get("JUPYTER_TOKEN", ""))


def _ways(servers: list[Server], cluster: str) -> list[dict[str, Any]]:
    """The ways of the one cluster of that name."""
    if not servers:
        raise NothingFoundError("No Jupyter server of yours is running. Start JupyterLab, or name a server with --url.")
    found, reasons = [], []
    for server in servers:
        try:
            clusters = server.get("clusters")["clusters"]
        except NothingFoundError as error:
            reasons.append(str(error))
            continue
        found += [(server, each["id"]) for each in clusters if cluster in (each["id"], each["name"], each["label"])]
    if len(found) > 1:
        raise NothingFoundError("Several clusters are called that. Name it by its id: " + ", ".join(id for _, id in found) + ".")
    if not found:
        raise NothingFoundError(" ".join(["There is no such cluster. The panel shows the names of those that there are.", *reasons]))
    server, id = found[0]
    ways: list[dict[str, Any]] = server.get(f"clusters/{id}/snippets")["snippets"]
    return ways


def _way(ways: list[dict[str, Any]], id: str) -> dict[str, Any]:
    for way in ways:
        if way["id"] == id:
            return way
    raise NothingFoundError(f"This cluster has no way {id!r}. It has: {', '.join(way['id'] for way in ways)}.")


def _reason(error: urllib.error.HTTPError) -> str:
    """What the server says, where it is ours that answers."""
    try:
        message = json.load(error)["message"]
    except (ValueError, KeyError, TypeError):
        message = None
    return str(message or f"The Jupyter server answered {error.code}. Is pccompute installed there?")


def _with_slash(url: str) -> str:
    return url.rstrip("/") + "/"

"""Way 4: environment variables, in the language of a shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..snippet_models import Snippet
from . import text
from .place import GatewayPlace, Outside
from .variables import TOKEN, variables
from .wanted import Wanted

#: Reads the token without showing it. On one line, and the last: of pasted lines, ``read`` would take the next one.
READ_TOKEN: Final = f"printf 'Token: '; stty -echo 2>/dev/null; IFS= read -r {TOKEN}; stty echo 2>/dev/null; echo"


@dataclass(frozen=True)
class Shell:
    """What differs between shells.

    Attributes
    ----------
    set
        Makes the line that sets and exports a variable.
    read_token
        The lines that ask for the token.
    """

    id: str
    language: str
    title: str
    set: Callable[[str, str], str]
    read_token: str


SHELLS: Final = (
    Shell("shell-sh", "sh", "Terminal: sh, bash, zsh", lambda name, value: f"export {name}={text.sh(value)}", f"export {TOKEN}\n{READ_TOKEN}"),
    Shell(
        "shell-fish",
        "fish",
        "Terminal: fish",
        lambda name, value: f"set -gx {name} {text.fish(value)}",
        f"read --silent --global --export --prompt-str 'Token: ' {TOKEN}",
    ),
    Shell(
        "shell-powershell",
        "powershell",
        "Terminal: PowerShell",
        lambda name, value: f"$env:{name} = {text.powershell(value)}",
        f"$env:{TOKEN} = [System.Net.NetworkCredential]::new('', (Read-Host 'Token' -AsSecureString)).Password",
    ),
)


def shells(place: GatewayPlace, outside: Outside, wanted: Wanted, image: str | None) -> list[Snippet]:
    """Set the variables, and ask for the token where one is needed."""
    return [
        Snippet(
            id=shell.id,
            title=shell.title,
            description="Prepares a terminal on another machine: what is started there, Python or JupyterLab, has the gateway configured.",
            language=shell.language,
            code=_code(shell, place, outside, wanted, image),
            links=[place.hub.token_link] if place.hub else [],
        )
        for shell in SHELLS
    ]


def _code(shell: Shell, place: GatewayPlace, outside: Outside, wanted: Wanted, image: str | None) -> str:
    call = "GatewayCluster()" if wanted.cluster is None else f"GatewayCluster.from_name({text.quoted(wanted.cluster)})"
    lines = [f"# In Python, afterwards: {call}"]
    if outside.warning:
        lines.append(f"# {outside.warning}")
    lines += [shell.set(name, value) for name, value in variables(outside, image).items()]
    if outside.auth == "jupyterhub":
        where = f" It is from {text.quoted(place.hub.token_page)}." if place.hub else ""
        lines += [f"# The token is asked for, so that it stands in no file and no history.{where}", shell.read_token]
    return "\n".join(lines) + "\n"

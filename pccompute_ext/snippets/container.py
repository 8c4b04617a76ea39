"""Way 5: JupyterLab in a container with the cluster's image."""

from __future__ import annotations

from typing import Final

from ..snippet_models import Snippet
from .place import GatewayPlace, Outside
from .shell import READ_TOKEN
from .text import sh
from .variables import TOKEN, variables

PROGRAMS: Final = {"docker": "Docker", "podman": "Podman"}


def containers(place: GatewayPlace, outside: Outside, image: str) -> list[Snippet]:
    """Run JupyterLab with the workers' own packages on another machine."""
    return [
        Snippet(
            id=program,
            title=title,
            description="JupyterLab on your own machine with exactly the packages that the workers have.",
            language="sh",
            code=_code(program, outside, image),
            links=[place.hub.token_link] if place.hub else [],
        )
        for program, title in PROGRAMS.items()
    ]


def _code(program: str, outside: Outside, image: str) -> str:
    lines = ["# JupyterLab prints the address to open. It can be reached from this machine only."]
    if outside.warning:
        lines.append(f"# {outside.warning}")
    command = [f"{program} run --rm -it -p 127.0.0.1:8888:8888"]
    if outside.auth == "jupyterhub":
        lines += ["# The token is asked for, and handed on by its name: it stands in no command.", f"export {TOKEN}"]
        # One command with what follows, so that a terminal into which this is pasted does not take the next line for the token.
        command = [f"{READ_TOKEN};", *command, f"-e {TOKEN}"]
    command += [f"-e {name}={sh(value)}" for name, value in variables(outside, image).items()]
    command.append(f"{sh(image)} jupyter lab --ip=0.0.0.0 --port=8888 --no-browser")
    return "\n".join([*lines, " \\\n  ".join(command)]) + "\n"

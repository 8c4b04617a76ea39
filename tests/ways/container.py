"""What a ``docker run`` would run, found out by a real shell: the program itself is not needed."""

from __future__ import annotations

import subprocess

from pccompute_ext.snippets.variables import TOKEN


def container(program: str, code: str, token: str) -> tuple[dict[str, str | None], list[str], str]:
    """Let a shell run the code with a stand-in for the program, to which it hands its arguments.

    Returns
    -------
    variables
        Those of ``-e``; ``None`` for one that is handed on by name.
    command
        The image and what is run in it.
    token
        What the program finds in its own environment.
    """
    stand_in = f"""{program}() {{ printf '%s\\0' ARGUMENTS "${TOKEN}" "$@"; }}"""
    done = subprocess.run(["sh", "-c", f"{stand_in}\n{code}"], input=f"{token}\n".encode(), capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    _, _, told = done.stdout.decode().partition("ARGUMENTS\0")
    found, *rest = told.split("\0")[:-1]
    assert rest.pop(0) == "run"
    variables: dict[str, str | None] = {}
    while rest[0] in ("--rm", "-it", "-p", "-e"):
        option = rest.pop(0)
        if option in ("-e", "-p"):
            name, given, value = rest.pop(0).partition("=")
            if option == "-e":
                variables[name] = value if given else None
    return variables, rest, found

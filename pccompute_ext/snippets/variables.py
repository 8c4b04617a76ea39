"""Environment variables from which Dask takes its configuration of a gateway."""

from __future__ import annotations

import ast
from typing import Final

from .place import Outside
from .text import quoted

TOKEN: Final = "JUPYTERHUB_API_TOKEN"  # noqa: S105 -- its name

# What Dask reads as something else than text.
_WORDS: Final = {"none", "null", "true", "false"}


def variables(outside: Outside, image: str | None) -> dict[str, str]:
    """Return the variables for a gateway, by name; none of them holds a credential."""
    named = {
        "DASK_GATEWAY__ADDRESS": outside.address,
        "DASK_GATEWAY__PROXY_ADDRESS": outside.proxy_address,
        "DASK_GATEWAY__AUTH__TYPE": auth_type(outside),
    }
    if image:
        named["DASK_GATEWAY__CLUSTER__OPTIONS__IMAGE"] = image
    return {name: as_dask_reads(template(value)) for name, value in named.items()}


def auth_type(outside: Outside) -> str:
    """What Dask calls the way to authenticate."""
    # Without a password, ``basic`` tells the user name only.
    return "basic" if outside.auth == "none" else outside.auth


def template(text: str) -> str:
    """Text that Dask Gateway fills from the environment, made so that it stays as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def as_dask_reads(text: str) -> str:
    """Text of a variable that Dask reads as this text, and not as a number or the like.

    Dask takes what looks like Python for Python. ``${…}`` is written in another way too: in a devcontainer.json it is filled in.
    """
    if not _is_python(text) and text.lower() not in _WORDS and "${" not in text:
        return text
    return quoted(text).replace("${", "\\x24{")


def _is_python(text: str) -> bool:
    try:
        ast.literal_eval(text)
    except Exception:  # as Dask itself does: whatever it is, it is no value
        return False
    return True

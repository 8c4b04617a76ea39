"""The fenced code blocks of the documentation, each with a known kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]

FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>```+)(?P<info>[^\n`]*)\n(?P<code>.*?)^(?P=indent)(?P=ticks) *$", re.DOTALL | re.MULTILINE)

#: Kinds that are proved without a server, by ``test_docs_blocks.py``.
PLAIN = (
    "bash",
    "json CreateCluster",
    "json Error",
    "json shortcuts",
    "python config",
    "python module",
    "text diagram",
    "text tree",
    "yaml dask",
    "yaml dask-gateway",
    "yaml jupyterhub",
)
#: Kinds that run on real servers, by ``test_docs_real.py`` and ``test_docs_backend.py``.
REAL = ("python backend", "python notebook", "python pytest", "python server")


@dataclass(frozen=True)
class Block:
    """One block: where it is, its info string and its text."""

    page: Path
    line: int
    kind: str
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """Everything that a reader may open."""
    return sorted([*ROOT.glob("*.md"), *(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts)])


def all_blocks() -> list[Block]:
    """Every block of every page; a directive of Sphinx, which is no code, is none."""
    found = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            if not match["info"].startswith("{"):
                found.append(Block(page, text.count("\n", 0, match.start()) + 1, match["info"].strip(), dedent(match["code"])))
    return found


def blocks(kind: str) -> list[Block]:
    """The blocks of a kind.

    Raises
    ------
    LookupError
        There is none: a check that checks nothing would pass in silence.
    """
    found = [block for block in all_blocks() if block.kind == kind]
    if not found:
        raise LookupError(f"No page has a block of the kind {kind!r}.")
    return found


def command_ids() -> set[str]:
    """The commands of the front end."""
    return set(re.findall(r"'(pccompute:[\w-]+)'", (ROOT / "src/tokens.ts").read_text()))

"""The page of the documentation with all figures."""

from __future__ import annotations

import inspect
from typing import Any

from .. import BENCHMARKS
from ..harness.run import ROOT
from .numbers import amount, number, spread
from .plot import draw
from .results import Results

PAGE = ROOT / "docs" / "developers" / "performance.md"
IMAGES = ROOT / "docs" / "images"

HEAD = """# Performance

What `make bench` found. This page is written by it: change `bench/`, not the page. Every figure is a measurement on one machine, so what counts are
the ratios to what was measured beside it in the same run. No test asserts a time. Quartiles are in parentheses. A benchmark that has no section
here has not been run since this page was begun.
"""


def write(results: Results) -> None:
    """Write the page and its plots. What was found on another machine stays as it is, until it is found anew."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    before = _sections(PAGE.read_text()) if PAGE.exists() else {}
    parts = [HEAD]
    for name, module in BENCHMARKS.items():
        if name in results.found:
            parts.append(_section(name, inspect.getdoc(module) or name, results.found[name]))
        elif _title(name) in before:
            parts.append(before[_title(name)])
    PAGE.write_text("\n".join(parts))


def _sections(text: str) -> dict[str, str]:
    """The sections of a page, by title."""
    _, *sections = text.split("\n## ")
    return {section.partition("\n")[0]: f"## {section.rstrip()}\n" for section in sections}


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _section(name: str, method: str, found: dict[str, Any]) -> str:
    title, _, rest = method.partition("\n\n")
    lines = [f"## {_title(name)}", "", title.replace("``", "`"), "", *_figures(found["figures"]), ""]
    for number_of, table in enumerate(found["tables"]):
        lines += [f"### {table['name']}", "", *_table(table), ""]
        if len(table["rows"]) > 1:
            image = IMAGES / f"bench-{name}-{number_of + 1}.svg"
            draw(table, image)
            lines += [f"![{table['name']}](../images/{image.name})", ""]
    lines += [f"- {note}" for note in found["notes"]] + ([""] if found["notes"] else [])
    what = ", ".join(f"{key} {value}" if key not in ("processor", "memory") else value for key, value in found["machine"].items())
    lines += [
        f"**Method.** {rest.replace('``', '`').strip()}",
        "",
        f"Measured on {found['when'][:10]} in {found['seconds']} s, load average at the start {found['load']}, on: {what}.",
        "",
    ]
    return "\n".join(lines)


def _figures(figures: list[dict[str, Any]]) -> list[str]:
    lines = ["| | pccompute | beside it | ratio | aim |", "| --- | --- | --- | --- | --- |"]
    for figure in figures:
        peer = amount(figure["peer"], figure["unit"]) + spread(figure["peer_quartiles"])
        ratio = "" if figure["ratio"] is None else f"{figure['ratio']:.2f}"
        lines.append(
            f"| {figure['name']} | {amount(figure['value'], figure['unit'])}{spread(figure['quartiles'])} "
            f"| {figure['versus'] + ': ' if peer else ''}{peer} | {ratio} | {_aim(figure)} |"
        )
    return lines


def _aim(figure: dict[str, Any]) -> str:
    if figure["aim"] is None:
        return ""
    what = f"a ratio of {number(figure['aim'])}" if figure["of"] == "ratio" else amount(figure["aim"], figure["unit"])
    return f"{what} at most: {'reached' if figure['reached'] else '**missed**'}"


def _table(table: dict[str, Any]) -> list[str]:
    lines = ["| " + " | ".join(table["columns"]) + " |", "|" + " ---: |" * len(table["columns"])]
    return lines + ["| " + " | ".join(number(value) for value in row) + " |" for row in table["rows"]]

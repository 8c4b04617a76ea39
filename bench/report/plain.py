"""What was found, as text for a terminal."""

from __future__ import annotations

from ..harness.figures import Figure, Outcome, Table
from .numbers import amount, number, spread


def render(outcome: Outcome) -> str:
    lines = [_figure(figure) for figure in outcome.figures]
    for table in outcome.tables:
        lines += ["", table.name, *_table(table)]
    lines += [f"note: {note}" for note in outcome.notes]
    lines += [f"FAILED: {failure}" for failure in outcome.failures]
    return "\n".join(lines)


def _figure(figure: Figure) -> str:
    line = f"{figure.name}: {amount(figure.value, figure.unit)}{spread(figure.quartiles)}"
    if figure.peer is not None:
        line += f" | {figure.versus}: {amount(figure.peer, figure.unit)}{spread(figure.peer_quartiles)}"
    if figure.ratio is not None:
        line += f" | ratio {figure.ratio:.2f}"
    if figure.aim is not None:
        what = "ratio" if figure.of == "ratio" else figure.unit
        line += f" | aim: at most {number(figure.aim)} {what}: {'reached' if figure.reached else 'MISSED'}"
    if figure.samples is not None:
        line += f" [n={figure.samples}]"
    return line


def _table(table: Table) -> list[str]:
    rows = [table.columns, *([number(value) for value in row] for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]

"""A plot of a table whose columns grow with its first one."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def draw(table: dict[str, Any], target: Path) -> None:
    """Draw each column over the first one, in a panel of its own since their units differ, and write it as SVG."""
    import matplotlib

    matplotlib.use("svg")
    # The same figures give the same file.
    matplotlib.rcParams["svg.hashsalt"] = "pccompute"
    from matplotlib import pyplot

    first, *others = table["columns"]
    rows = table["rows"]
    figure, panels = pyplot.subplots(1, len(others), figsize=(3.2 * len(others), 2.8), squeeze=False, layout="constrained")
    for column, (name, panel) in enumerate(zip(others, panels[0], strict=True), start=1):
        panel.plot([row[0] for row in rows], [row[column] for row in rows], marker="o")
        panel.set(xlabel=first, title=name, xscale="log", ylim=(0, None))
        panel.grid(alpha=0.3)
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)

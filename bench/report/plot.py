"""A plot of a table whose columns grow with its first one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

_GROUND: Final = "#ffffff"
_INK: Final = "#333333"
_LINE: Final = "#c2571a"
_AIM: Final = "#3a7d44"
_PER_ROW: Final = 3


def draw(table: dict[str, Any], target: Path) -> None:
    """Draw each column over the first one, in a panel of its own since their units differ, and write it as SVG.

    The ground is light whatever theme the page has. A column with an aim has it as a dashed line.
    """
    import matplotlib

    matplotlib.use("svg")
    # The same figures give the same file, whose text stays text.
    matplotlib.rcParams.update({"svg.hashsalt": "pccompute", "svg.fonttype": "none", "font.size": 9, "text.color": _INK, "axes.labelcolor": _INK})
    from matplotlib import pyplot

    first, *others = table["columns"]
    rows, aims = table["rows"], table.get("aims", {})
    across = min(_PER_ROW, len(others))
    down = -(-len(others) // across)
    figure, grid = pyplot.subplots(down, across, figsize=(3.3 * across, 2.5 * down), squeeze=False, layout="constrained", facecolor=_GROUND)
    panels = [panel for line in grid for panel in line]
    for column, (name, panel) in enumerate(zip(others, panels, strict=False), start=1):
        title, _, unit = name.partition(" (")
        panel.plot([row[0] for row in rows], [row[column] for row in rows], marker="o", color=_LINE)
        if name in aims:
            panel.axhline(aims[name], linestyle="--", color=_AIM, label=f"aim: {aims[name]:g} at most")
            panel.legend(loc="best", frameon=False, fontsize=8)
        panel.set(xlabel=first, ylabel=unit.removesuffix(")"), title=title, xscale="log", ylim=(0, None))
        panel.set_facecolor(_GROUND)
        panel.grid(alpha=0.3)
    for panel in panels[len(others) :]:
        panel.set_axis_off()
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)

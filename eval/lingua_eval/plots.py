"""Quality against ratio with 95 % intervals, as SVG and PNG. The same summary gives the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .compressing import FULL, NONE
from .tables import MEASURES, unique

Row = dict[str, Any]


def draw(head: Row, rows: Sequence[Row], folder: Path) -> list[tuple[str, Path]]:
    """(title, SVG file) of each data set and reader that was measured at two ratios or more."""
    costs = {(row["dataset"], row["system"], row["target"]): row["ratio"][0] for row in rows if "ratio" in row}
    drawn = []
    for dataset, reader in unique((row["dataset"], row["reader"]) for row in rows if "reader" in row):
        some = [row for row in rows if row["dataset"] == dataset and row.get("reader") == reader and "n" in row]
        measure = next((name for name in MEASURES if name in some[0]), None)
        points = [row for row in some if row["system"] not in (NONE, FULL) and measure in row
                  and (dataset, row["system"], row["target"]) in costs]
        if measure and len({row["target"] for row in points}) > 1:
            path = folder / f"{head['experiment']}-{dataset}-{reader}.svg".replace(" ", "-")
            curves = {system: sorted((costs[dataset, system, row["target"]], *row[measure])
                                     for row in points if row["system"] == system)
                      for system in unique(row["system"] for row in points)}
            level = next((row[measure][0] for row in some if row["system"] == FULL), None)
            title = f"{dataset}, reader {reader}, n = {some[0]['n']}"
            plot(curves, title, MEASURES[measure], level, path)
            drawn.append((title, path))
    return drawn


def plot(curves: dict[str, list[tuple[float, ...]]], title: str, measure: str, full: float | None, path: Path) -> None:
    """`curves`: (ratio, value, low, high) of each system; `full`: the value of the full prompt."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "lingua", "svg.fonttype": "none", "font.size": 9,
                                "axes.spines.top": False, "axes.spines.right": False})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 4.2), layout="constrained")
    colours = pyplot.get_cmap("tab20")
    for number, (system, points) in enumerate(curves.items()):
        ratios, values, lows, highs = zip(*points, strict=True)
        offset = 1 + 0.006 * (number - len(curves) / 2)  # bars side by side
        errors = [[max(0, v - low) for v, low in zip(values, lows, strict=True)],
                  [max(0, high - v) for v, high in zip(values, highs, strict=True)]]
        axes.errorbar([ratio * offset for ratio in ratios], values, errors, label=system, capsize=2, marker="o",
                      markersize=3, linewidth=2.2 if system == "lingua" else 1, elinewidth=0.8,
                      color="black" if system == "lingua" else colours(number % 20))
    if full is not None:
        axes.axhline(full, color="grey", linewidth=0.8, linestyle="--", label="full prompt")
    axes.set_xscale("log")
    ticks = sorted({round(point[0]) for points in curves.values() for point in points})
    axes.set_xticks(ticks, [f"{tick}x" for tick in ticks], minor=False)
    axes.minorticks_off()
    axes.set(title=title, xlabel="original tokens / kept tokens", ylabel=measure)
    axes.legend(fontsize=7, frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    figure.savefig(path.with_suffix(".png"), dpi=150)
    pyplot.close(figure)

"""Summaries as Markdown: systems down, targets across, the best of each column in bold."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .compressing import FULL, NONE

Row = dict[str, Any]
MEASURES = {"benefit": "retained benefit", "exact": "exact match, per cent", "f1": "F1", "bleu": "BLEU",
            "rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L", "meaning": "embedding similarity"}
FACTS = ("numbers", "negations", "names", "identifiers", "urls")


def markdown(rows: Sequence[Row]) -> str:
    parts = []
    for dataset, reader in unique((row["dataset"], row["reader"]) for row in rows if "reader" in row):
        some = [row for row in rows if row["dataset"] == dataset and row.get("reader") == reader]
        parts += [measure_table(dataset, reader, measure, some) for measure in MEASURES if measure in some[0]]
    for dataset in unique(row["dataset"] for row in rows if "reader" not in row):
        parts.append(cost_table(dataset, [row for row in rows if row["dataset"] == dataset and "reader" not in row]))
    return "\n\n".join(parts)


def measure_table(dataset: str, reader: str, measure: str, rows: Sequence[Row]) -> str:
    ends = {row["system"]: row for row in rows if row["target"] == ""}
    cells = {(row["system"], row["target"]): row for row in rows if row["target"] and measure in row}
    targets = unique(target for _, target in cells)
    best = {target: max(row[measure][0] for (_, t), row in cells.items() if t == target) for target in targets}

    def cell(system: str, target: str) -> str:
        if (row := cells.get((system, target))) is None:
            return "–"
        text = interval(row[measure])
        return f"**{text}**" if row[measure][0] == best[target] else text

    key = "nll" if measure == "benefit" else measure
    title = f"**{dataset}**, reader {reader}, {MEASURES[measure]}, n = {max(row['n'] for row in rows)}"
    if ends:
        title += f"; {'NLL per token' if measure == 'benefit' else measure} without contexts " \
                 f"{interval(ends[NONE][key])}, with all of them {interval(ends[FULL][key])}"
    return f"{title}\n\n{grid(['kept', *targets], unique(system for system, _ in cells), cell, targets)}"


def cost_table(dataset: str, rows: Sequence[Row]) -> str:
    """At the highest target: that is where systems differ most."""
    target = rows[-1]["target"]
    heads = ["achieved", "budget error", "most over", "seconds", "forwarded", "broken words", *FACTS]
    lines = [line(["at " + target, *heads]), line(["---"] * (len(heads) + 1))]
    for row in rows:
        if row["target"] == target:
            lines.append(line([row["system"], f"{row['ratio'][0]:.2f}x", percent(row["budget_error"][0]),
                               percent(row["most_over_budget"]), f"{row['seconds'][0]:.2f}",
                               f"{row['forwarded'][0]:.0f}", percent(row["broken"][0]),
                               *(left(row, fact) for fact in FACTS)]))
    title = f"**{dataset}**, cost of compression, and facts that are left; in parentheses: of those in sentences of " \
            f"which anything is left; n = {rows[0]['n']}"
    return title + "\n\n" + "\n".join(lines)


def left(row: Row, fact: str) -> str:
    of_all = percent(row[f"retention {fact}"][0])
    return f"{of_all} ({percent(row[name][0])})" if (name := f"survival {fact}") in row else of_all


def grid(heads: Sequence[str], systems: Sequence[str], cell: Callable[[str, str], str], targets: Sequence[str]) -> str:
    lines = [line(heads), line(["---"] * len(heads))]
    return "\n".join(lines + [line([system, *(cell(system, target) for target in targets)]) for system in systems])


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def interval(estimate: Sequence[float]) -> str:
    digits = 1 if max(map(abs, estimate)) >= 10 else 3 if max(map(abs, estimate)) < 1.995 else 2
    value, low, high = (f"{number:.{digits}f}".replace("-", "−") for number in estimate)
    return f"{value} [{low}, {high}]"


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} %".replace("-", "−")


def unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))

"""Summaries as Markdown: systems down, readers and targets across, the best of each column in bold."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .compressing import FULL, NONE

Row = dict[str, Any]
MEASURES = {"benefit": "retained benefit", "exact": "exact match, per cent", "f1": "F1", "bleu": "BLEU",
            "rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L", "meaning": "embedding similarity"}
COMPARED = ("benefit", "exact", "f1", "rougeL")  # the first of these that a row has is the one of `over_reference`
FACTS = ("numbers", "negations", "names", "identifiers", "urls")
ABOVE, BELOW = " ▲", " ▼"  # the reference, beyond the interval of the difference on the same items


def markdown(rows: Sequence[Row]) -> str:
    read = [row for row in rows if "reader" in row]
    parts = [measure_table(dataset, measure, some) for dataset in unique(row["dataset"] for row in read)
             for measure in MEASURES if (some := having(read, dataset, measure))]
    costs = [row for row in rows if "reader" not in row]
    parts += [cost_table(name, [row for row in costs if row["dataset"] == name])
              for name in unique(row["dataset"] for row in costs)]
    return "\n\n".join(parts)


def having(rows: Sequence[Row], dataset: str, measure: str) -> list[Row]:
    return [row for row in rows if row["dataset"] == dataset and measure in row]


def measure_table(dataset: str, measure: str, rows: Sequence[Row]) -> str:
    cells = {(row["system"], row["reader"], row["target"]): row for row in rows if row["target"]}
    readers = unique(reader for _, reader, _ in cells)
    columns = sorted(unique((reader, target) for _, reader, target in cells),
                     key=lambda column: readers.index(column[0]))
    most = {column: max(row["n"] for (_, *at), row in cells.items() if tuple(at) == column) for column in columns}
    best = {column: max(row[measure][0] for (_, *at), row in cells.items()
                        if tuple(at) == column and row["n"] == most[column]) for column in columns}

    def cell(system: str, column: tuple[str, str]) -> str:
        if (row := cells.get((system, *column))) is None:
            return "–"
        if row["n"] < most[column]:
            return f"{interval(row[measure])}{against_reference(row, measure)}, n = {row['n']}"
        text = interval(row[measure])
        return (f"**{text}**" if row[measure][0] == best[column] else text) + against_reference(row, measure)

    heads = [target if len(readers) == 1 else f"{reader} {target}" for reader, target in columns]
    counts = {reader: [most[column] for column in columns if column[0] == reader] for reader in readers}
    scales = "; ".join(ends(reader, measure, rows, counts[reader]) for reader in readers)
    title = f"**{dataset}**, {MEASURES[measure]}; {scales}"
    return f"{title}\n\n{grid(['kept', *heads], unique(system for system, *_ in cells), cell, columns)}"


def ends(reader: str, measure: str, rows: Sequence[Row], counts: Sequence[int]) -> str:
    """Who read how many, `counts` being those of the columns, and the two ends of the scale."""
    text = f"reader {reader}, n = {span(counts)}"
    if found := {row["system"]: row for row in rows if row["reader"] == reader and not row["target"]}:
        key, name = ("nll", "NLL per token ") if measure == "benefit" else (measure, "")
        text += f" ({name}{number(found[NONE][key][0])} without contexts, {number(found[FULL][key][0])} with all)"
    return text


def span(counts: Sequence[int]) -> str:
    return f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)} to {max(counts)}"


def against_reference(row: Row, measure: str) -> str:
    if measure != next((name for name in COMPARED if name in row), None):
        return ""
    _, low, high = row.get("over_reference", (0, 0, 0))
    return ABOVE if low > 0 else BELOW if high < 0 else ""


def cost_table(dataset: str, rows: Sequence[Row]) -> str:
    """At the target that most systems have, of several the last: that is where they differ most. A system that
    remembers what it scored is cheap for all targets but its first one, whose cost is shown."""
    counts = Counter(row["target"] for row in rows)
    target = max(reversed(counts), key=counts.__getitem__)
    shown = [row for row in rows if row["target"] == target]
    heads = ["at " + target, "achieved", "budget error", "most over", "seconds", "forwarded", "broken words", *FACTS]
    lines = [line(heads), line(["---"] * len(heads))]
    for row in shown:
        first = max((other for other in rows if other["system"] == row["system"]), key=lambda other: other["forwarded"])
        lines.append(line([row["system"], f"{row['ratio'][0]:.2f}x", percent(row["budget_error"][0]),
                           percent(row["most_over_budget"]), f"{first['seconds'][0]:.2f}",
                           f"{first['forwarded'][0]:.0f}", percent(row["broken"][0]),
                           *(left(row, fact) for fact in FACTS)]))
    title = f"**{dataset}**, cost of compressing texts never seen, and facts that are left; in parentheses: of those in " \
            f"sentences of which anything is left; n = {max(row['n'] for row in shown)}"
    return title + "\n\n" + "\n".join(lines)


def left(row: Row, fact: str) -> str:
    of_all = percent(row[f"retention {fact}"][0])
    return f"{of_all} ({percent(row[name][0])})" if (name := f"survival {fact}") in row else of_all


def grid(heads: Sequence[str], systems: Sequence[str], cell: Callable[[str, Any], str], columns: Sequence[Any]) -> str:
    lines = [line(heads), line(["---"] * len(heads))]
    return "\n".join(lines + [line([system, *(cell(system, column) for column in columns)]) for system in systems])


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def interval(estimate: Sequence[float]) -> str:
    largest = max(map(abs, estimate))
    value, low, high = (number(one, largest) for one in estimate)
    return f"{value} [{low} {high}]"


def number(value: float, largest: float | None = None) -> str:
    """Two decimals, or one where numbers reach ten."""
    digits = 1 if (abs(value) if largest is None else largest) >= 10 else 2
    return f"{value:.{digits}f}".replace("-", "−")


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} %".replace("-", "−")


def unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))

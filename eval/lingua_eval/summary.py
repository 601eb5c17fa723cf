"""From single measurements to estimates with intervals: a row for each data set, reader, system and target."""

import json
import math
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from . import judged, places, tables
from .compressing import FULL, NONE
from .experiment import Experiment
from .readers import NOBODY
from .records import Record, read_lines
from .stats import Bootstrap, Estimate, retained_benefit

REFERENCE = "lingua"  # what the others are compared with
SCORES = ("exact", "bleu", "rouge1", "rouge2", "rougeL", "f1", "meaning", "cost")

Row = dict[str, Any]
Cells = dict[tuple[str, str], dict[str, Record]]  # by system and target, then by item
ANYWHERE = 0  # no position; those of gold documents count from 1
BY_POSITION = " by position"  # after the name of a data set


def summarise(records: Iterable[Record]) -> list[Row]:
    """Rows of readers, by the position of the gold document too where there is one; then rows without a reader: what
    compression costs and keeps."""
    cells: dict[tuple[str, str, int], Cells] = defaultdict(lambda: defaultdict(dict))
    compressions: dict[str, Cells] = defaultdict(lambda: defaultdict(dict))
    for record in records:
        place = record["system"], record["target"]
        compressions[record["dataset"]][place][record["item"]] = record
        if record["reader"] == NOBODY:
            continue
        for position in {ANYWHERE, record.get("position", ANYWHERE)}:
            cells[record["dataset"], record["reader"], position][place][record["item"]] = record
    rows: list[Row] = []
    for (dataset, reader, position), some in sorted(cells.items(), key=lambda entry: entry[0][-1]):
        found = reader_rows(dataset, reader, some)
        single = len({target for _, target in some if target}) == 1
        rows += found if position == ANYWHERE else [at_position(row, position, single) for row in found]
    return rows + [row for dataset, some in compressions.items() for row in cost_rows(dataset, some)]


def at_position(row: Row, position: int, single: bool) -> Row:
    """The position as part of the target; with a single target, none and full join its columns."""
    target = f"at {position}" if single else f"{row['target']} at {position}".strip()
    return {**row, "dataset": row["dataset"] + BY_POSITION, "target": target}


def reader_rows(dataset: str, reader: str, cells: Cells) -> list[Row]:
    none, full = cells[NONE, ""], cells[FULL, ""]
    rows = []
    for (system, target), by_item in cells.items():
        items = [item for item, record in by_item.items() if "error" not in record]
        row: Row = {"dataset": dataset, "reader": reader, "system": system, "target": target, "n": len(items)}
        if failed := len(by_item) - len(items):
            row["failed"] = failed
        if items:
            ours = [by_item[item] for item in items]
            bootstrap = Bootstrap([record["cluster"] for record in ours])
            for name, estimate in estimates(bootstrap, ours, [none[i] for i in items], [full[i] for i in items]):
                row[name] = rounded(estimate)
            if system not in (NONE, FULL, REFERENCE):
                row |= against(cells.get((REFERENCE, target), {}), by_item, none, full)
        rows.append(row)
    return rows


def estimates(bootstrap: Bootstrap, ours: Sequence[Record], none: Sequence[Record],
              full: Sequence[Record]) -> list[tuple[str, Estimate]]:
    found = [(name, bootstrap.mean([record[name] for record in ours])) for name in SCORES if name in ours[0]]
    if "nll" in ours[0]:
        found.append(("nll", bootstrap.mean([record["nll"] for record in ours])))
        found.append(("benefit", retained_benefit(bootstrap, *([record["nll"] for record in some]
                                                               for some in (none, full, ours)))))
    return found


def against(reference: dict[str, Record], by_item: dict[str, Record], none: dict[str, Record],
            full: dict[str, Record]) -> Row:
    """How far a system is above (or below, when negative) the reference, on the items that both have."""
    items = [item for item, record in by_item.items()
             if "error" not in record and item in reference and "error" not in reference[item]]
    if not items:
        return {}
    bootstrap = Bootstrap([by_item[item]["cluster"] for item in items])
    if "nll" in by_item[items[0]]:
        gained = [reference[item]["nll"] - by_item[item]["nll"] for item in items]
        return {"over_reference": rounded(bootstrap.ratio(gained, [none[i]["nll"] - full[i]["nll"] for i in items]))}
    name = next(name for name in tables.COMPARED if name in by_item[items[0]])
    return {"over_reference": rounded(bootstrap.mean([by_item[i][name] - reference[i][name] for i in items]))}


def cost_rows(dataset: str, cells: Cells) -> list[Row]:
    rows = []
    for (system, target), by_item in cells.items():
        records = [record for record in by_item.values() if "error" not in record]
        if system in (NONE, FULL) or not records:
            continue
        bootstrap = Bootstrap([record["cluster"] for record in records])
        row: Row = {"dataset": dataset, "system": system, "target": target, "n": len(records)}
        row["ratio"] = rounded(bootstrap.ratio(*([r[name] for r in records] for name in ("tokens_before", "tokens"))))
        errors = [100 * (record["tokens"] / record["budget"] - 1) for record in records]
        row["budget_error"] = rounded(bootstrap.mean([abs(error) for error in errors]))
        row["most_over_budget"] = round(max(errors), 2)
        for name in ("seconds", "forwarded"):
            row[name] = rounded(bootstrap.mean([record[name] for record in records]))
        row["broken"] = shares(bootstrap, [record["broken"] for record in records])
        for kind in ("retention", "survival"):
            for name in records[0].get(kind, {}):
                row[f"{kind} {name}"] = shares(bootstrap, [record[kind][name] for record in records])
        rows.append(row)
    return rows


def shares(bootstrap: Bootstrap, counts: Sequence[Sequence[int]]) -> list[float | None]:
    """In per cent, of [some, all] pairs."""
    return rounded(bootstrap.ratio([100 * some for some, _ in counts], [whole for _, whole in counts]))


def rounded(estimate: Estimate) -> list[float | None]:
    """Value and interval; None for what is not defined, such as the share of nothing."""
    numbers = (estimate.value, estimate.low, estimate.high)
    return [round(number, 4) if math.isfinite(number) else None for number in numbers]


def show(experiment: Experiment, records: Sequence[Record]) -> None:
    """Prints the tables of results that may never be published."""
    print(f"\n## {experiment.title}\n\n{tables.markdown(summarise(records))}\n", flush=True)


def publish(experiment: Experiment, records: Sequence[Record], only_missing: bool = False) -> None:
    """Writes the summary that is committed, systems and readers in the order of the experiment. What was measured
    elsewhere, on other data sets or by other readers, stays; with `only_missing` so does what was on as many items."""
    places.PUBLISHED.mkdir(exist_ok=True)
    target = places.PUBLISHED / f"{experiment.name}.jsonl"
    old = read_lines(target)[1:] if target.exists() else []
    commit = measured_version()
    new = [{**row, "commit": commit} for row in summarise(records)]
    rows = completed(old, new) if only_missing else added_up(old, new)
    head = {"experiment": experiment.name, "title": experiment.title, "half": experiment.half}
    lines = [head, *sorted(rows, key=lambda row: rank(experiment, row))]
    target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    judged.publish(experiment, records)
    print(f"eval: wrote {target}; `eval/run report` puts it into docs/quality.md", file=sys.stderr)


def measured_version() -> str:
    """The commit, "-dirty" if anything but results and documents differs from it."""
    def git(*arguments: str) -> str:
        return subprocess.run(["git", "-C", str(places.REPOSITORY), *arguments], capture_output=True, text=True,
                              check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!eval/results", ":!docs", ":!*.md")
    return git("describe", "--always") + ("-dirty" if changed else "")


def added_up(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """All that a reader said of a data set is of one run, for its systems are compared item by item; the cost of a system
    stands alone."""
    def group(row: Row) -> tuple[str, ...]:
        return (row["dataset"], row["reader"]) if "reader" in row else place(row)

    measured = {group(row) for row in new}
    return [row for row in old if group(row) not in measured] + list(new)


def completed(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Beside what there is, what is missing, or was measured on more items. A system of another run was compared with the
    reference of that run, on the items of that run."""
    known = {place(row): row["n"] for row in old}
    more = {place(row): row for row in new if row["n"] > known.get(place(row), 0)}
    return [row for row in old if place(row) not in more] + list(more.values())


def place(row: Row) -> tuple[str, ...]:
    return row["dataset"], row.get("reader", ""), row["system"], row["target"]


def rank(experiment: Experiment, row: Row) -> tuple[int, ...]:
    """Where the tables have it; what the experiment does not name comes last."""
    named = (experiment.datasets, experiment.readers, (NONE, FULL, *experiment.systems),
             ("", *map(str, experiment.targets)))
    own = (row["dataset"].removesuffix(BY_POSITION), row.get("reader", ""), row["system"], row["target"])
    return ("reader" not in row, row["dataset"].endswith(BY_POSITION),
            *(some.index(one) if one in some else len(some) for some, one in zip(named, own, strict=True)))

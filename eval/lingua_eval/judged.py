"""Answers that were judged, in short and beside the tables. A reader of a billion parameters writes a few a minute:
machines that have an hour each add their items to those of others.

A line for each data set, reader, system and target: names of answers, and whether they are right."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import places
from .compressing import Cell
from .digest import of_value
from .experiment import Experiment
from .records import Record, read_lines

PLACE = ("dataset", "reader", "system", "target")


def name(experiment: Experiment, reader: str, cell: Cell) -> str:
    """Of the answer to a cell's prompt: by all that it and its judgement depend on. `reader` is a fingerprint."""
    return of_value([reader, cell.prompt, experiment.max_tokens, list(experiment.stop), cell.item.key])[:16]


def known(experiments: Iterable[Experiment]) -> dict[str, float]:
    """Exact match, 0 or 100, by names of answers."""
    return {answer: exact for experiment in experiments for line in _published(experiment)
            for answer, exact in line["exact"].items()}


def publish(experiment: Experiment, records: Sequence[Record]) -> None:
    """Beside what was published before: an answer is right or wrong whatever was asked since."""
    lines = {tuple(line[field] for field in PLACE): line["exact"] for line in _published(experiment)}
    judged = [record for record in records if "answer" in record]
    if not judged:
        return
    for record in judged:
        lines.setdefault(tuple(record[field] for field in PLACE), {})[record["answer"]] = record["exact"]
    _path(experiment).parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(dict(zip(PLACE, place, strict=True)) | {"exact": dict(sorted(exact.items()))}) + "\n"
                   for place, exact in sorted(lines.items()))
    _path(experiment).write_text(text, encoding="utf-8")


def _published(experiment: Experiment) -> list[Record]:
    return read_lines(_path(experiment)) if _path(experiment).exists() else []


def _path(experiment: Experiment) -> Path:
    return places.PUBLISHED / "judged" / f"{experiment.name}.jsonl"

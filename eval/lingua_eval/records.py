"""What was measured on one item: a flat line of JSON, from which all tables and plots are made."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .compressing import FULL, NONE, Cell
from .experiment import Measure
from .metrics import answers, overlap, retention
from .prompt import join
from .readers.base import Generation, Likelihood
from .systems.pieces import sentences

Record = dict[str, Any]


def compression_record(cell: Cell) -> Record:
    """Lengths, costs, and what of the facts is left: independent of any reader. Counts are [left, of] pairs."""
    item, done = cell.item, cell.compression
    record: Record = {"dataset": item.dataset, "item": item.id, "cluster": item.cluster, **item.facts,
                      "system": cell.system, "target": cell.target, "budget": cell.budget,
                      "tokens_before": cell.tokens_before, "tokens": done.tokens}
    if cell.system in (NONE, FULL):
        return record
    if done.error:
        return {**record, "error": done.error}
    original = join(item.contexts)
    after = done.text.removeprefix(item.instruction).removesuffix(item.question)
    record |= {"seconds": done.seconds, "forwarded": done.forwarded, "broken": retention.broken(original, after),
               "retention": retention.retention(original, after)}
    if done.kept:
        record["survival"] = add([retention.survival(text, ranges, sentences(text)) for text, ranges in done.kept])
    return record


def add(counts: Sequence[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    return {name: (sum(one[name][0] for one in counts), sum(one[name][1] for one in counts)) for name in counts[0]}


def read_lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def merged(old: Sequence[Record], new: Sequence[Record]) -> list[Record]:
    """What was measured anew takes the place of what there was: all items of a system at a target for a reader, since
    figures of two versions must not mix; single items of the two ends, which other systems are measured against."""

    def place(record: Record) -> tuple[str, ...]:
        item = record["item"] if record["system"] in (NONE, FULL) else ""
        return record["dataset"], record["reader"], record["system"], record["target"], item

    measured = {place(record) for record in new}
    return [record for record in old if place(record) not in measured] + list(new)


def likelihood_record(result: Likelihood) -> Record:
    return {"nll": result.per_token, "prompt_tokens": result.prompt_tokens}


def exact_record(cell: Cell, result: Generation) -> Record:
    return cost_of(result) | {"exact": 100.0 * answers.matches(result.text, cell.item.key)}


def generation_record(measure: Measure, cell: Cell, result: Generation, to_full: Generation) -> Record:
    """`to_full`: the reader's answer to the full prompt."""
    if measure == Measure.SIMILARITY:
        return cost_of(result) | overlap.similarity(result.text, to_full.text)
    scores = overlap.similarity(result.text, cell.item.answers[0])
    return cost_of(result) | {"f1": overlap.f1(result.text, cell.item.answers), "rougeL": scores["rougeL"]}


def cost_of(result: Generation) -> Record:
    return {"prompt_tokens": result.prompt_tokens, "answer_tokens": result.tokens, "cost": result.cost}

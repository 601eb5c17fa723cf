"""What was measured on one item: a flat line of JSON, from which all tables and plots are made."""

from collections.abc import Sequence
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


def likelihood_record(result: Likelihood) -> Record:
    return {"nll": result.per_token, "prompt_tokens": result.prompt_tokens}


def generation_record(measure: Measure, cell: Cell, result: Generation, to_full: Generation) -> Record:
    """`to_full`: the reader's answer to the full prompt."""
    record: Record = {"prompt_tokens": result.prompt_tokens, "answer_tokens": result.tokens, "cost": result.cost}
    if measure == Measure.EXACT:
        return record | {"exact": 100.0 * answers.matches(result.text, cell.item.key)}
    if measure == Measure.SIMILARITY:
        return record | overlap.similarity(result.text, to_full.text)
    scores = overlap.similarity(result.text, cell.item.answers[0])
    return record | {"f1": overlap.f1(result.text, cell.item.answers), "rougeL": scores["rougeL"]}

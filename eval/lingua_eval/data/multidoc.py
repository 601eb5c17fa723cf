"""Questions about one of twenty passages, after the multi-document questions of LongLLMLingua (arXiv 2310.06839).

The gold passage comes from an L-Eval paper; the others come from other papers. Each question appears with its passage
at every one of five positions, so that what position costs is measured on the same questions."""

from collections.abc import Iterator

from ..item import Item
from . import files, window
from .leval import informative

POSITIONS = (1, 5, 10, 15, 20)
PASSAGES = 20
SIZE = 700  # characters of a passage


def load() -> Iterator[Item]:
    papers = [entry for _, entry in files.lines("leval/scientific_qa.jsonl")]
    fillers = [_filler(entry["input"], number) for number, entry in enumerate(papers)]
    for number, entry in enumerate(papers):
        others = [filler for other, filler in enumerate(fillers) if other != number][:PASSAGES - 1]
        for i, (question, answer) in enumerate(zip(entry["instructions"], entry["outputs"], strict=True)):
            gold = window.around(entry["input"], answer, SIZE) if informative(answer) else None
            if gold is None:
                continue
            for position in POSITIONS:
                passages = [*others[:position - 1], gold.strip(), *others[position - 1:]]
                yield Item("multidoc", f"{number}/{i}@{position}",
                           tuple(f"Document {n}: {passage}" for n, passage in enumerate(passages, 1)),
                           f"Question: {question}", (f" {answer.strip()}",), cue="\nAnswer:",
                           group=str(number), stratum=f"{position:02}", facts={"position": position})


def _filler(text: str, number: int) -> str:
    """A passage from a paper's middle: beginnings and ends are alike in all papers."""
    return window.head(text[len(text) * (3 + number % 5) // 10:].split("\n", 1)[-1], SIZE).strip()

"""L-Eval (arXiv 2307.11088): questions about papers, abstracts, meetings and government reports."""

from collections.abc import Iterator

from ..item import Item
from . import files, window

DOCUMENT = 6000  # characters that a small reader holds comfortably: about 1,400 tokens
PAPER = 10000  # the stand-in for Arxiv-March23, whose first sections the paper compresses
ANSWER = 1000
ABSTRACT = "Please generate the Abstract section for this paper."
UNINFORMATIVE = ("yes", "no", "unanswerable", "not mentioned")


def scientific_qa() -> Iterator[Item]:
    """Questions whose answer is in the text; "yes" and "no" say too little for a likelihood."""
    for number, entry in files.lines("leval/scientific_qa.jsonl"):
        for i, (question, answer) in enumerate(zip(entry["instructions"], entry["outputs"], strict=True)):
            if informative(answer) and (document := window.around(entry["input"], answer, DOCUMENT)):
                yield _document("scientific_qa", number, i, document, f"Question: {question}", answer, "\nAnswer:")


def informative(answer: str) -> bool:
    return len(answer) >= 8 and not answer.lower().startswith(UNINFORMATIVE)


def meetings() -> Iterator[Item]:
    """Questions about what was said in a long meeting."""
    for number, entry in files.lines("leval/meeting_summ.jsonl"):
        for i, (question, answer) in enumerate(zip(entry["instructions"], entry["outputs"], strict=True)):
            if document := window.around(entry["input"], answer, DOCUMENT):
                yield _document("meetings", number, i, document, f"Question: {question}", answer, "\nAnswer:")


def papers() -> Iterator[Item]:
    """Abstracts to write; gold ones only for the papers that come with one, the questions' papers add to them."""
    for name in ("paper_assistant", "scientific_qa"):
        for number, entry in files.lines(f"leval/{name}.jsonl"):
            answer = entry["outputs"][0] if name == "paper_assistant" else ""
            yield _document("papers", f"{name}/{number}", 0, window.head(entry["input"], PAPER), ABSTRACT, answer,
                            "\n\nAbstract:")


def reports() -> Iterator[Item]:
    for number, entry in files.lines("leval/gov_report_summ.jsonl"):
        yield _document("reports", number, 0, window.head(entry["input"], PAPER), entry["instructions"][0],
                        entry["outputs"][0], "\n\nSummary:")


def _document(dataset: str, number: int | str, index: int, text: str, question: str, answer: str, cue: str) -> Item:
    answers = (f" {answer.strip()[:ANSWER]}",) if answer else ()
    return Item(dataset, f"{number}/{index}", (text.strip(),), question, answers, cue=cue, group=str(number))

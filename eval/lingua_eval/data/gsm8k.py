"""GSM8K (arXiv 2110.14168) with the paper's prompt: eight worked problems, chosen for their length.

The paper's 1-shot, half-shot and quarter-shot constraints are budgets for these demonstrations."""

import re
from collections.abc import Iterator

from ..item import Item
from . import files

STEP_BY_STEP = "Let's think step by step"


def demonstrations() -> tuple[str, ...]:
    text = files.text("gsm8k/prompt_hardest.txt")
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def load() -> Iterator[Item]:
    contexts = demonstrations()
    for number, entry in files.lines("gsm8k/test.jsonl"):
        solution, key = re.sub(r"<<.*?>>", "", entry["answer"]).rsplit("\n#### ", 1)
        yield Item("gsm8k", str(number), contexts, f"Question: {entry['question']}",
                   (f"\n{solution}\nThe answer is {key}",), cue=f"\n{STEP_BY_STEP}", key=key, shared=True)

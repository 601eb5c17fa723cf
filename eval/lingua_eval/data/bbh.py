"""BIG-Bench Hard (arXiv 2210.09261) with its chain-of-thought prompts: a task description and three worked examples."""

import json
from collections.abc import Iterator

from ..item import Item
from . import files


def prompt(task: str) -> tuple[str, tuple[str, ...]]:
    """Description and examples; a line of dashes ends a notice before them."""
    text = files.text(f"bbh/cot-prompts/{task}.txt").split("-----\n", 1)[1]
    description, *examples = text.strip().split("\n\nQ: ")
    return description, tuple(f"Q: {example}" for example in examples)


def load() -> Iterator[Item]:
    for path in sorted((files.folder() / "bbh" / "tasks").glob("*.json")):
        task = path.stem
        description, examples = prompt(task)
        for number, example in enumerate(json.loads(path.read_text(encoding="utf-8"))["examples"]):
            yield Item("bbh", f"{task}/{number}", examples, f"Q: {example['input']}",
                       (f"\nSo the answer is {example['target']}.",), instruction=description,
                       cue="\nA: Let's think step by step.", key=example["target"], shared=True, stratum=task)

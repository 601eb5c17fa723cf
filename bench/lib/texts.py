"""Prompts and texts of real use: conversations, worked examples, documents, English and Chinese."""

import json
import random
from pathlib import Path

from .places import data


def lines(path: Path) -> list:
    return [json.loads(line) for line in path.read_text().splitlines()]


def sharegpt(count: int) -> list:
    """Conversations: all turns but the last question are contexts."""
    prompts = []
    for entry in lines(data("sharegpt/conversations.jsonl")):
        turns = [f"{speaker}: {text}\n\n" for speaker, text in entry["chat"]]
        while turns and not turns[-1].startswith("human"):
            turns.pop()
        if len(turns) >= 3 and 2_000 <= sum(map(len, turns)) <= 10_000:
            prompts.append({"contexts": turns[:-1], "question": turns[-1]})
    return prompts[:count]


def gsm8k(count: int) -> list:
    """Eight worked examples, other ones for each prompt, and a problem."""
    train, test = lines(data("gsm8k/train.jsonl")), lines(data("gsm8k/test.jsonl"))
    chosen = random.Random(1)
    prompts = []
    for problem in test[:count]:
        examples = [f"Question: {one['question']}\nAnswer: {one['answer']}\n\n" for one in chosen.sample(train, 8)]
        prompts.append({"contexts": examples, "question": f"Question: {problem['question']}\nAnswer:"})
    return prompts


def leval(count: int) -> list:
    """The first 8,000 bytes of documents, cut at line ends, and a question about them."""
    files = [lines(path) for path in sorted(data("leval").glob("*.jsonl"))]
    prompts = []
    for i in range(count):
        entries = files[i % len(files)]
        entry = entries[i // len(files) % len(entries)]
        paragraphs = [line for line in entry["input"][:8_000].splitlines(keepends=True)]
        prompts.append({"contexts": paragraphs, "question": "\n" + entry["instructions"][0]})
    return prompts


SETS = {"ShareGPT": sharegpt, "GSM8K": gsm8k, "L-Eval": leval}


def gsm8k_prompt() -> dict:
    """The paper's eight hardest worked examples and the first problem of the test set."""
    text = data("gsm8k/prompt_hardest.txt").read_text().strip()
    examples = ["Question:" + part for part in text.split("Question:") if part.strip()]
    problem = lines(data("gsm8k/test.jsonl"))[0]["question"]
    return {"instruction": "Please reference the following examples to answer the math question,\n\n",
            "contexts": [example.strip() + "\n\n" for example in examples],
            "question": f"Question: {problem}"}


def long_text(tokens: int) -> str:
    """English documents, not many more than `tokens` tokens of 4 to 5 characters."""
    return "".join(entry["input"] for entry in lines(data("leval/quality.jsonl")))[:5 * tokens]


def plain(language: str, count: int) -> list:
    """Texts of some thousand characters, to be scored as they are."""
    if language == "English":
        return [entry["input"][:4_000] for path in sorted(data("leval").glob("*.jsonl"))
                for entry in lines(path)[:2]][:count]
    return [entry["context"][:1_000] for entry in lines(data("longbench/multifieldqa_zh.jsonl"))[:count]]

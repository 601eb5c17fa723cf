"""Collects a reader's answers to the instructions of a file: from an OpenAI-compatible endpoint, or any other reader of
the evaluation. What was answered is on disk at once; a run that was interrupted asks only for the rest."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lingua_eval.progress import shown
from lingua_eval.readers.base import Reader

from .errors import AlignError, Exit
from .pairs import BLANK_LINE, in_hash_order, key_of, records

Answers = dict[str, str]  # by instruction


def instructions(paths: Iterable[Path], limit: int | None, seed: int) -> list[str]:
    """Of files in the shapes of pairs.py, answers not needed; each once. At most `limit`, those that `train` holds out
    first: of another reader's answers to the same files it then holds out the same ones, and none is learnt there."""
    found = [text for path in paths for place, record in records(path) if (text := instruction_of(place, record))]
    if not found:
        raise AlignError(Exit.INPUT_MALFORMED, f"{', '.join(map(str, paths))}: no instruction")
    by_key = {key_of(text): text for text in found}
    chosen = set(in_hash_order(by_key, seed)[:limit])
    return [text for key, text in by_key.items() if key in chosen]


def instruction_of(place: str, record: Any) -> str:
    """The first thing that is asked."""
    if isinstance(record, dict):
        if isinstance(text := record.get("instruction"), str):
            return BLANK_LINE.join(filter(None, [text.strip(), (record.get("input") or "").strip()]))
        turns = record.get("conversations", record.get("messages"))
        for turn in turns if isinstance(turns, list) else []:
            if turn.get("from", turn.get("role")) in ("human", "user"):
                return str(turn.get("value", turn.get("content"))).strip()
    raise AlignError(Exit.INPUT_MALFORMED, f"{place}: expected an object with instruction, conversations or messages")


def collect(reader: Reader, asked: list[str], output: Path, max_tokens: int) -> None:
    """Writes {"instruction", "answer", "reader"} for each that got an answer, in the order of `asked`."""
    part = output.with_name(output.name + ".part")
    try:
        answers = answered(part, reader.name)
        missing = [text for text in asked if text not in answers]
        write(part, (line(*one, reader.name) for one in answers.items()))  # without what is half written
        with part.open("a", encoding="utf-8") as file:
            steps = reader.generate(missing, max_tokens, ())
            for index, answer in shown("answers", steps, len(asked), done=len(asked) - len(missing)):
                answers[missing[index]] = answer.text
                file.write(line(missing[index], answer.text, reader.name))
                file.flush()
        write(output, (line(text, answers[text], reader.name) for text in asked if answers[text].strip()))
        part.unlink()
    except RuntimeError as error:
        raise AlignError(Exit.READER, f"{error}; the same command goes on from here") from error
    except OSError as error:
        raise AlignError(Exit.OUTPUT_UNWRITABLE, f"{output} cannot be written: {error.strerror}") from error


def answered(part: Path, reader: str) -> Answers:
    """By this reader in an earlier run; its last line may be half written."""
    lines = part.read_text(encoding="utf-8").split("\n")[:-1] if part.exists() else []
    found = [json.loads(one) for one in lines]
    return {one["instruction"]: one["answer"] for one in found if one["reader"] == reader}


def write(path: Path, lines: Iterable[str]) -> None:
    """Whole or not at all: a program that is ended here has not lost the answers that it had."""
    new = path.with_name(path.name + ".new")
    new.write_text("".join(lines), encoding="utf-8")
    os.replace(new, path)


def line(instruction: str, answer: str, reader: str) -> str:
    return json.dumps({"instruction": instruction, "answer": answer, "reader": reader}, ensure_ascii=False) + "\n"

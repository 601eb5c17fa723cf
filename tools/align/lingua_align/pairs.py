"""Pairs of instruction and answer, from JSON or JSON lines in the shapes that such collections have:

  {"instruction", "input", "output"}                            Alpaca; AlpacaEval has no input
  {"conversations": [{"from": "human" | "gpt", "value"}, …]}    ShareGPT
  {"messages": [{"role": "user" | "assistant", "content"}, …]}  chat completions
  {"instruction", "answer"}                                     what `collect` writes"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import AlignError, Exit

ROLES = {"human": "User", "user": "User", "gpt": "Assistant", "chatgpt": "Assistant", "assistant": "Assistant",
         "system": "System"}
ASKING, ANSWERING = "User", "Assistant"
BLANK_LINE = "\n\n"


@dataclass(frozen=True)
class Turn:
    role: str
    text: str


@dataclass(frozen=True)
class Dialogue:
    """Turns, the last of which is an answer. Every answer is learnt, nothing else is."""

    turns: tuple[Turn, ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """(text, whether it is learnt); joined they are what the scorer reads. An instruction and its answer stand one
        after the other as they are; where several turns need telling apart they have names, as in real prompts."""
        named = len(self.turns) > 2
        pieces: list[tuple[str, bool]] = []
        for turn in self.turns:
            lead = (BLANK_LINE if pieces else "") + (f"{turn.role}: " if named else "")
            pieces += [(lead, False), (turn.text, turn.role == ANSWERING)]
        return pieces

    @property
    def key(self) -> str:
        """The same for all answers to one instruction, so that none of them is held out from the others."""
        return key_of(next(turn.text for turn in self.turns if turn.role == ASKING))


def key_of(instruction: str) -> str:
    return hashlib.sha256(instruction.encode()).hexdigest()


def in_hash_order(keys: Iterable[str], seed: int) -> list[str]:
    """The first of them are held out; the order of any two is the same whatever others there are."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed} {key}".encode()).digest())


def read(paths: Iterable[Path]) -> tuple[list[Dialogue], int]:
    """All dialogues of all files, and how many were left out because instruction or answer is empty."""
    found, empty = [], 0
    for path in paths:
        for place, record in records(path):
            dialogue = dialogue_of(place, record)
            found += [dialogue] if dialogue else []
            empty += dialogue is None
    if not found:
        names = ", ".join(map(str, paths))
        raise AlignError(Exit.INPUT_MALFORMED, f"{names}: no pair of an instruction and an answer" +
                         (f"; {empty} have an empty one" if empty else ""))
    return found, empty


def records(path: Path) -> Iterator[tuple[str, Any]]:
    """Each entry with where it stands."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise AlignError(Exit.INPUT_UNREADABLE, f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise AlignError(Exit.INPUT_MALFORMED, f"{path} is not UTF-8: byte {error.start}") from error
    if text.lstrip().startswith("["):
        yield from ((f"{path}: entry {number}", value) for number, value in enumerate(parsed(str(path), text), 1))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", parsed(f"{path}:{number}", line)


def parsed(place: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise AlignError(Exit.INPUT_MALFORMED, f"{place}: not JSON: {error}") from error


def dialogue_of(place: str, record: Any) -> Dialogue | None:
    """None when there is no instruction or no answer in it."""
    if not isinstance(record, dict):
        raise malformed(place, record)
    for name, role, text in (("conversations", "from", "value"), ("messages", "role", "content")):
        if name in record:
            return trimmed([turn(place, one, role, text) for one in sequence(place, record[name])])
    answer = record.get("output", record.get("answer"))
    if not isinstance(record.get("instruction"), str) or not isinstance(answer, str):
        raise malformed(place, record)
    asked = [record["instruction"], record.get("input") or ""]
    return trimmed([Turn(ASKING, BLANK_LINE.join(filter(None, asked))), Turn(ANSWERING, answer)])


def sequence(place: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise malformed(place, value)
    return value


def turn(place: str, value: Any, role: str, text: str) -> Turn:
    if not isinstance(value, dict) or value.get(role) not in ROLES or not isinstance(value.get(text), str):
        raise malformed(place, value)
    return Turn(ROLES[value[role]], value[text])


def trimmed(turns: list[Turn]) -> Dialogue | None:
    """Up to the last answer; empty turns left out."""
    turns = [Turn(one.role, one.text.strip()) for one in turns if one.text.strip()]
    while turns and turns[-1].role != ANSWERING:
        turns.pop()
    return Dialogue(tuple(turns)) if any(one.role == ASKING for one in turns) else None


def malformed(place: str, value: Any) -> AlignError:
    shown = json.dumps(value, ensure_ascii=False)
    return AlignError(Exit.INPUT_MALFORMED, f"{place}: expected an object with instruction and output or answer, "
                                            f"conversations, or messages; found {shown[:80]}")

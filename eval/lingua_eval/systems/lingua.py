"""This project's program: presets, methods and ablations are its options, and so are most plain baselines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import places, tokens
from ..digest import of_file, of_value
from ..prompt import Request
from .base import Compression, failure
from .process import JsonProcess


@dataclass(frozen=True)
class Lingua:
    name: str
    options: tuple[str, ...] = ()

    @property
    def model(self) -> Path:
        """Another scorer may be among the options; budgets are counted in its tokens, so they should be the same."""
        return Path(self.options[self.options.index("--model") + 1]) if "--model" in self.options else places.scorer()

    def fingerprint(self) -> str:
        return of_value(["lingua", of_file(places.program()), of_file(self.model), self.options])

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        model = () if "--model" in self.options else ("--model", str(self.model))
        command = [str(places.program()), "compress", "--input-format", "jsonl", "--quiet", *model, *self.options]
        with JsonProcess(command) as process:
            for request in requests:
                yield answer(process.ask(question(request)))


def question(request: Request) -> dict[str, Any]:
    """The target counts the whole prompt; what is not context is to stay, so it comes on top of the budget."""
    rest = sum(tokens.scorer().count(text) for role, text in request.parts() if role != "context")
    return {"instruction": request.instruction, "contexts": list(request.contexts), "question": request.question,
            "target": {"tokens": rest + request.budget}}


def answer(result: dict[str, Any]) -> Compression:
    if "error" in result:
        return failure(f"{result['error']['code']}: {result['error']['message']}")
    contexts = [(number, part) for number, part in enumerate(result["parts"]) if part["role"] == "context"]
    ranges: dict[int, list[tuple[int, int]]] = {number: [] for number, _ in contexts}
    for kept in result["kept"]:
        ranges.get(kept["part"], []).append((kept["begin"], kept["end"]))
    return Compression(
        text=result["text"],
        tokens=sum(part["tokens_after"] for _, part in contexts),
        seconds=result["seconds"]["total"],
        forwarded=result["forwarded_tokens"],
        kept=tuple((part["original"], tuple(ranges[number])) for number, part in contexts))

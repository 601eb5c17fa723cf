"""Systems that need PyTorch run in an environment of their own: Microsoft's llmlingua and an embedding model."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import places, tokens
from ..digest import of_file, of_value
from ..prompt import Request
from . import pieces
from .base import Compression, failure
from .process import JsonProcess

SAMPLE = "Don't pay $1,200.50!\n\n  def f(x):\n\treturn x_1  # 会议在三点开始, naïve 😀 https://a.org/?q=1"
WORKERS = places.REPOSITORY / "eval" / "lingua_eval" / "workers"


def worker(name: str) -> JsonProcess:
    python = places.rivals_python()
    if not python.exists():
        raise FileNotFoundError(f"{python} is missing; eval/setup --rivals makes this environment")
    return JsonProcess([str(python), str(WORKERS / f"{name}.py")])


@dataclass(frozen=True)
class Microsoft:
    """llmlingua 0.2.2 with the weights of the scorer. It counts with the scorer's tokenizer."""

    name: str
    adjusted: bool  # told the target that makes its achieved length equal; else told the budget

    def fingerprint(self) -> str:
        return of_value(["microsoft", of_file(places.scorer()), of_file(WORKERS / "microsoft.py"), self.adjusted])

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        with worker("microsoft") as process:
            counted = process.ask({"model": str(places.scorer()), "sample": SAMPLE})["tokens"]
            if counted != (expected := tokens.scorer().count(SAMPLE)):
                raise RuntimeError(f"llmlingua counts {counted} tokens where the scorer counts {expected}")
            for request in requests:
                answer = process.ask({"instruction": request.instruction, "contexts": request.contexts,
                                      "question": request.question, "budget": request.budget,
                                      "adjusted": self.adjusted})
                if "error" in answer:
                    yield failure(answer["error"])
                else:
                    yield Compression(request.with_context(answer["text"]), answer["tokens"], answer["seconds"],
                                      answer["forwarded"])


@dataclass(frozen=True)
class Embedding:
    """Sentences or whole contexts by the cosine between their embedding (all-MiniLM-L6-v2) and the question's."""

    name: str
    by_sentence: bool

    def fingerprint(self) -> str:
        return of_value(["embedding", of_file(WORKERS / "embedding.py"), pieces.VERSION, self.by_sentence])

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        known: dict[str, list[float]] = {}  # the same text comes once for each target
        with worker("embedding") as process:
            process.ask({"texts": []})  # loads the model
            for request in requests:
                start = time.perf_counter()
                texts = pieces.contexts(request)
                if self.by_sentence:
                    texts = [sentence for text in texts for sentence in pieces.sentences(text)]
                new = [text for text in dict.fromkeys([request.question, *texts]) if text not in known]
                known |= zip(new, process.ask({"texts": new})["vectors"], strict=True) if new else {}
                scores = [cosine(known[request.question], known[text]) for text in texts]
                ranking = sorted(range(len(texts)), key=lambda index: -scores[index])
                context = pieces.fill(texts, ranking, request.budget)
                yield Compression(request.with_context(context), tokens.scorer().count(context),
                                  time.perf_counter() - start)


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of vectors of length 1."""
    return sum(a * b for a, b in zip(one, other, strict=True))

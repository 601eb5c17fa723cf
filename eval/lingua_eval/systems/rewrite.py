"""The reader itself, asked to shorten the contexts: the paper's "GPT-4 generation", with the reader at hand."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import tokens
from ..digest import of_value
from ..prompt import Request, join
from ..readers import reader
from .base import Compression

WORDS_PER_TOKEN = 0.75
PROMPT = """{text}

Shorten the text above to about {words} words. Keep names, numbers and whatever is needed to answer questions about \
it. Write the shortened text and nothing else."""


@dataclass(frozen=True)
class Rewrite:
    """It cannot hit a budget; what runs over is cut off."""

    name: str
    reader: str

    def fingerprint(self) -> str:
        return of_value(["rewrite", reader(self.reader).fingerprint(), PROMPT])

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        for request in requests:
            start = time.perf_counter()
            words = max(1, round(request.budget * WORDS_PER_TOKEN))
            prompt = PROMPT.format(text=join(request.contexts), words=words)
            answer = next(iter(reader(self.reader).generate([prompt], 2 * request.budget, [])))[1]
            bits = tokens.scorer().pieces(answer.text.strip())[:request.budget]
            yield Compression(request.with_context(b"".join(bits).decode(errors="ignore")), len(bits),
                              time.perf_counter() - start, answer.prompt_tokens + answer.tokens)

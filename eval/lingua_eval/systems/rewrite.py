"""The reader itself, asked to shorten the contexts: the paper's "GPT-4 generation", with the reader at hand."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import tokens
from ..digest import of_value
from ..prompt import Request, join
from ..readers import reader
from ..readers.base import Limits
from .base import Compression

WORDS_PER_TOKEN = 0.75
TOGETHER = 8  # answers at once
LONGEST = 1.5  # answers, of their budget: readers and scorer count differently
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
        for start in range(0, len(requests), TOGETHER):
            yield from self.together(requests[start:start + TOGETHER])

    def together(self, requests: Sequence[Request]) -> Iterator[Compression]:
        """In one batch; each takes its share of the time."""
        start = time.perf_counter()
        prompts = [PROMPT.format(text=join(request.contexts), words=max(1, round(request.budget * WORDS_PER_TOKEN)))
                   for request in requests]
        longest = round(LONGEST * max(request.budget for request in requests))
        answers = dict(reader(self.reader).generate(prompts, Limits(longest)))
        seconds = (time.perf_counter() - start) / len(requests)
        for index, request in enumerate(requests):
            bits = tokens.scorer().pieces(answers[index].text.strip())[:request.budget]
            yield Compression(request.with_context(b"".join(bits).decode(errors="ignore")), len(bits), seconds,
                              answers[index].prompt_tokens + answers[index].tokens)

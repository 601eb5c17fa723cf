"""Baselines that need no model: what a person with scissors would do, and BM25."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .. import tokens
from ..data.window import terms
from ..digest import of_value
from ..prompt import Request
from . import pieces
from .base import Compression



@dataclass(frozen=True)
class Plain:
    name: str
    choose: Callable[[Request], str]  # what stays of the contexts

    def fingerprint(self) -> str:
        return of_value(["plain", self.name, pieces.VERSION])

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        for request in requests:
            start = time.perf_counter()
            context = self.choose(request)
            seconds = time.perf_counter() - start
            yield Compression(request.with_context(context), tokens.scorer().count(context), seconds)


def middle(request: Request) -> str:
    """Beginning and end stay, half of the budget each; what is between them goes."""
    bits = [bit for context in pieces.contexts(request) for bit in tokens.scorer().pieces(context)]
    front = (request.budget + 1) // 2
    back = request.budget - front
    kept = bits if len(bits) <= request.budget else bits[:front] + bits[len(bits) - back:]
    return b"".join(kept).decode(errors="ignore")


def whole(request: Request) -> str:
    """Whole contexts from the first one on, as many as fit; the next one is cut."""
    texts = pieces.contexts(request)
    return pieces.fill(texts, range(len(texts)), request.budget)


def shortest(request: Request) -> str:
    """Whole contexts, the shortest first: as many demonstrations as a budget can hold."""
    texts = pieces.contexts(request)
    ranking = sorted(range(len(texts)), key=lambda index: tokens.scorer().count(texts[index]))
    return pieces.fill(texts, ranking, request.budget)


def bm25(request: Request) -> str:
    """Sentences by BM25 to the question; where none matches, in their order."""
    texts = [sentence for context in pieces.contexts(request) for sentence in pieces.sentences(context)]
    scores = bm25_scores(texts, request.question)
    return pieces.fill(texts, sorted(range(len(texts)), key=lambda index: -scores[index]), request.budget)


def bm25_contexts(request: Request) -> str:
    """Whole contexts by BM25 to the question."""
    texts = pieces.contexts(request)
    scores = bm25_scores(texts, request.question)
    return pieces.fill(texts, sorted(range(len(texts)), key=lambda index: -scores[index]), request.budget)


def bm25_scores(texts: Sequence[str], question: str, k1: float = 1.5, b: float = 0.75) -> list[float]:
    """Okapi BM25 (Robertson and Zaragoza, 2009, Eq. 3.15), with the logarithm of 1 + odds that is never negative."""
    counts = [Counter(terms(text)) for text in texts]
    spread = Counter(term for count in counts for term in count)
    mean = sum(map(Counter.total, counts)) / max(1, len(counts))
    rarity = {term: math.log(1 + (len(texts) - spread[term] + 0.5) / (spread[term] + 0.5)) for term in spread}
    asked = set(terms(question)) & rarity.keys()
    return [sum(rarity[term] * count[term] * (k1 + 1) / (count[term] + k1 * (1 - b + b * count.total() / mean))
                for term in asked & count.keys()) for count in counts]

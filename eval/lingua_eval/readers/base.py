"""What a reader is to this package: the model whose answers tell how much of a prompt survived."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Likelihood:
    """Of a given answer after a prompt."""

    nll: float  # -ln p, summed over the answer's tokens
    tokens: int  # of the answer, as the reader counts them
    prompt_tokens: int

    @property
    def per_token(self) -> float:
        return self.nll / self.tokens


@dataclass(frozen=True)
class Generation:
    text: str
    tokens: int
    prompt_tokens: int
    cost: float = 0.0  # in the currency of the prices; 0 for local models


@dataclass(frozen=True)
class Limits:
    """Where an answer ends."""

    max_tokens: int
    stop: tuple[str, ...] = ()  # it is cut before the first of these
    enough: Callable[[str], bool] | None = None  # of what is written: whether nobody looks at what would follow


class Reader(Protocol):
    @property
    def name(self) -> str: ...

    def fingerprint(self) -> str:
        """What its answers depend on besides prompt and options. Part of the key in the cache."""

    def likelihoods(self, jobs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Likelihood]]:
        """Of each (prompt, answer), with its index, in the order that is cheapest."""

    def generate(self, prompts: Sequence[str], limits: Limits) -> Iterator[tuple[int, Generation]]:
        """Greedy answers with their index, each as soon as it is ready."""

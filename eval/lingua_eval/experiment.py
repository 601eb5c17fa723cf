"""What is measured: data sets, systems, targets, readers and a measure make an experiment, and its name a table."""

from dataclasses import dataclass
from enum import StrEnum

from .item import Half
from .readers.base import Limits


class Measure(StrEnum):
    LIKELIHOOD = "likelihood"  # of the gold answer: retained benefit
    EXACT = "exact"  # share of answers that are the gold one
    SIMILARITY = "similarity"  # to the reader's answer to the full prompt
    GOLD = "gold"  # closeness to the gold answers


@dataclass(frozen=True)
class Target:
    """What the contexts are compressed to: a ratio or a number of tokens. Written 3x, 350t."""

    value: float
    tokens: bool = False

    @staticmethod
    def parse(text: str) -> "Target":
        if not text.endswith(("x", "t")):
            raise ValueError(f"a target is a ratio such as 3x or a number of tokens such as 350t, not '{text}'")
        return Target(float(text[:-1]), text.endswith("t"))

    def budget(self, tokens: int) -> int:
        """Of contexts of `tokens` tokens, at least one."""
        return max(1, min(tokens, round(self.value if self.tokens else tokens / self.value)))

    def __str__(self) -> str:
        return f"{self.value:g}{'t' if self.tokens else 'x'}"


@dataclass(frozen=True)
class Experiment:
    name: str
    title: str
    datasets: tuple[str, ...]
    systems: tuple[str, ...]
    targets: tuple[Target, ...]
    readers: tuple[str, ...]
    measure: Measure
    count: int  # items of each data set in the full run
    quick: int = 0  # in the 30-minute subset; 0: not part of it
    quick_systems: tuple[str, ...] = ()  # (): as in the full run, and so for the next two
    quick_readers: tuple[str, ...] = ()
    quick_targets: tuple[Target, ...] = ()
    half: Half | None = Half.TEST  # None: both, where nothing was chosen on the data
    max_tokens: int = 400  # of generated answers
    stop: tuple[str, ...] = ()

    @property
    def limits(self) -> Limits:
        return Limits(self.max_tokens, self.stop)

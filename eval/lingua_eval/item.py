"""What is compressed and asked: one item of a data set. Items are split and sampled by hash, so that every machine and
every run sees the same ones, and adding a data set moves none of the others."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import Any


class Half(StrEnum):
    DEVELOPMENT = "development"  # for choosing
    TEST = "test"  # for reporting


@dataclass(frozen=True)
class Item:
    dataset: str
    id: str  # what follows an "@" names a variant of the same question; samples take all or none of them
    contexts: tuple[str, ...]  # what compression is about: examples, documents, turns
    question: str
    answers: tuple[str, ...]  # gold texts; the first one's likelihood is measured
    instruction: str = ""
    cue: str = ""  # what stands between question and answer; readers see it, compressors do not
    key: str = ""  # the gold answer in short, for exact match
    shared: bool = False  # the contexts serve many questions: compressed once, without the question
    group: str = ""  # items that share text; split and resampled together. Empty: the id
    stratum: str = ""  # sampled evenly over strata, e.g. tasks
    facts: dict[str, Any] = field(default_factory=dict, hash=False)  # e.g. the position of the gold document

    @property
    def cluster(self) -> str:
        return self.group or self.id

    @property
    def half(self) -> Half:
        return (Half.DEVELOPMENT, Half.TEST)[_hash(self.dataset, self.cluster) % 2]


def sample(items: Iterable[Item], half: Half | None, count: int) -> list[Item]:
    """`count` items of one half (None: of both), in hash order, evenly over the strata; more contain fewer."""
    strata: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: _hash("sample", item.dataset, item.id.split("@")[0])):
        if half in (None, item.half):
            strata.setdefault(item.stratum, []).append(item)
    rounds = zip_longest(*(strata[name] for name in sorted(strata)))
    return [item for one in rounds for item in one if item is not None][:count]


def _hash(*words: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:8], "big")

"""First half of a run: every item compressed by every system to every target, out of the cache where it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from . import tokens
from .cache import Cache
from .experiment import Target
from .item import Item
from .progress import shown
from .prompt import Request, join
from .systems.base import Compression, System

NONE, FULL = "none", "full"  # the contexts left out, and whole: what all others lie between


@dataclass(frozen=True)
class Cell:
    """What one system made of one item for one target; NONE and FULL have no target."""

    system: str
    target: str
    item: Item
    budget: int
    tokens_before: int
    compression: Compression

    @property
    def prompt(self) -> str:
        """What a reader gets."""
        text = self.compression.text
        return (join([text, self.item.question]) if self.item.shared else text) + self.item.cue


def context_tokens(item: Item) -> int:
    return sum(tokens.scorer().count(text) for role, text in request_for(item, 0).parts() if role == "context")


def request_for(item: Item, budget: int) -> Request:
    return Request(item.contexts, budget, item.instruction, "" if item.shared else item.question)


def uncompressed(item: Item) -> Iterator[Cell]:
    """The two ends of the scale."""
    request, before = request_for(item, 0), context_tokens(item)
    yield Cell(NONE, "", item, 0, before, Compression(request.with_context(""), 0, 0.0))
    yield Cell(FULL, "", item, before, before, Compression(request.with_context(join(item.contexts)), before, 0.0))


def compressed(system: System, targets: Sequence[Target], items: Sequence[Item], cache: Cache) -> list[Cell]:
    """Every item to every target, item by item: a system that remembers what it scored needs it for one target only.
    Equal requests, as of questions that share their examples, are compressed once."""
    before = {item.id: context_tokens(item) for item in items}
    asked = [(item, target, request_for(item, target.budget(before[item.id]))) for item in items for target in targets]
    unique = list(dict.fromkeys(request for _, _, request in asked))
    fingerprint = system.fingerprint()
    found: dict[Request, Compression] = {}
    for request in unique:
        if (value := cache.get(["compression", fingerprint, asdict(request)])) is not None:
            found[request] = Compression.from_json(value)
    missing = [request for request in unique if request not in found]
    if missing:
        label = f"{items[0].dataset}, {system.name}: compressed"
        answers = shown(label, system.compress(missing), len(unique), done=len(found))
        for request, compression in zip(missing, answers, strict=True):
            cache.put(["compression", fingerprint, asdict(request)], compression.to_json())
            found[request] = compression
    return [Cell(system.name, str(target), item, request.budget, before[item.id], found[request])
            for item, target, request in asked]

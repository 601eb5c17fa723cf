"""What a compressor is to this package: requests in, compressions out, one by one as they become ready."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from ..prompt import Request


@dataclass(frozen=True)
class Compression:
    text: str  # the whole prompt: instruction, what is left of the contexts, question
    tokens: int  # of the contexts that are left, as the scorer counts them
    seconds: float
    forwarded: int = 0  # tokens that went through a model
    kept: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()  # per context, where known: it and its kept bytes
    error: str = ""  # why there is no text

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Compression":
        kept = tuple((text, tuple(map(tuple, ranges))) for text, ranges in value["kept"])
        return Compression(**{**value, "kept": kept})


def failure(message: str) -> Compression:
    return Compression("", 0, 0.0, error=message)


class System(Protocol):
    @property
    def name(self) -> str: ...

    def fingerprint(self) -> str:
        """What its answers depend on besides the request: program, model, options. Part of the key in the cache."""

    def compress(self, requests: Sequence[Request]) -> Iterator[Compression]:
        """In the order of the requests."""

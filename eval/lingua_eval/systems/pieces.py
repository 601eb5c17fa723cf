"""Keeping the first pieces of a ranking that fit a budget: what all rankers share."""

import re
from collections.abc import Sequence

from .. import tokens
from ..prompt import Request

SENTENCE_END = re.compile(r"""(?<=[.!?])["')\]]*\s+|(?<=[。！？；])|\n+""")


def sentences(text: str) -> list[str]:
    """Sentences and lines with the white space after them; joined they are the text."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    begins = [0, *ends]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=False) if begin < end]


def contexts(request: Request) -> list[str]:
    """The contexts as they stand in the prompt, each with its separator."""
    return [text for role, text in request.parts() if role == "context"]


def fill(pieces: Sequence[str], ranking: Sequence[int], budget: int) -> str:
    """The best pieces in their original order; the first one that does not fit is cut to fill the budget exactly."""
    kept: dict[int, str] = {}
    for index in ranking:
        bits = tokens.scorer().pieces(pieces[index])
        kept[index] = b"".join(bits[:budget]).decode(errors="ignore")
        budget -= len(bits)
        if budget <= 0:
            break
    return "".join(kept[index] for index in sorted(kept))


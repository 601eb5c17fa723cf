"""Keeping the first pieces of a ranking that fit a budget: what all rankers share."""

import re
from collections.abc import Sequence

from .. import tokens
from ..prompt import Request

VERSION = 4  # of what is made of pieces; grows when it changes
TRIES = 4  # of filling a budget exactly
SENTENCE_END = re.compile(r"""(?<=[.!?])["')\]”’»]*\s+|(?<=[。！？；])["')”’』」）]*|\n+""")


def sentences(text: str) -> list[str]:
    """Sentences and lines with the white space after them; joined they are the text."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    begins = [0, *ends]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=False) if begin < end]


def contexts(request: Request) -> list[str]:
    """The contexts as they stand in the prompt, each with its separator."""
    return [text for role, text in request.parts() if role == "context"]


def fill(pieces: Sequence[str], ranking: Sequence[int], budget: int) -> str:
    """The best pieces in their original order; the first one that does not fit is cut to fill the budget. Where pieces
    meet, tokens join: what that leaves over is filled too."""
    room, best = budget, ""
    for _ in range(TRIES):
        text = first(pieces, ranking, room)
        missing = budget - tokens.scorer().count(text)
        best = text if missing >= 0 else best
        if missing <= 0 or len(text) == sum(map(len, pieces)):
            break
        room += missing
    return best or text


def first(pieces: Sequence[str], ranking: Sequence[int], room: int) -> str:
    """Pieces of `room` tokens, counted piece by piece."""
    kept: dict[int, str] = {}
    for index in ranking:
        bits = tokens.scorer().pieces(pieces[index])
        kept[index] = b"".join(bits[:room]).decode(errors="ignore")
        room -= len(bits)
        if room <= 0:
            break
    return "".join(kept[index] for index in sorted(kept))

"""Cuts long documents to what small readers can hold: a window of whole lines that has what the answer says.

The window is as long as the document allows and its place is found by the answer's words, rare ones counting more;
where in the window the evidence lies is left to chance (a hash), so that no position is favoured."""

import hashlib
import re
from collections import Counter
from functools import lru_cache

WORD = re.compile(r"[^\W_\u3400-\u9fff]{3,}")
CHINESE_PAIR = re.compile(r"(?=([\u3400-\u9fff]{2}))")


def terms(text: str) -> list[str]:
    """Words of three letters and more in lower case, then overlapping pairs of Chinese characters."""
    return WORD.findall(text.lower()) + CHINESE_PAIR.findall(text)


def words(text: str) -> set[str]:
    return set(terms(text))


def lines(text: str, longest: int = 600) -> list[str]:
    """Pieces that end at line ends or, in long lines, at sentence ends; joined they are the text."""
    pieces = []
    for line in text.splitlines(keepends=True):
        while len(line) > longest:
            cut = max(line.rfind(end, 0, longest) for end in (". ", "? ", "! ", "。", "；")) + 1
            pieces.append(line[:cut or longest])
            line = line[cut or longest:]
        pieces.append(line)
    return pieces


@lru_cache(maxsize=4)  # the questions about a document come one after the other
def indexed(text: str) -> tuple[list[str], list[set[str]]]:
    """The pieces of `text` and their words."""
    pieces = lines(text)
    return pieces, [words(piece) for piece in pieces]


def find_evidence(words_of_pieces: list[set[str]], wanted: set[str]) -> int:
    """The piece that has most of the wanted words."""
    found = [wanted & some for some in words_of_pieces]
    spread = Counter(word for some in found for word in some)
    scores = [sum(1 / spread[word] for word in some) for some in found]
    return max(range(len(found)), key=scores.__getitem__)


def around(text: str, answer: str, size: int) -> str | None:
    """About `size` characters of `text` around the evidence for `answer`; None where they lack half of its words."""
    pieces, words_of_pieces = indexed(text)
    wanted = words(answer)
    begin = end = find_evidence(words_of_pieces, wanted)
    before = int(_share(text[:200] + answer) * max(0, size - len(pieces[begin])))
    while begin > 0 and before >= len(pieces[begin - 1]):
        begin -= 1
        before -= len(pieces[begin])
    left = size - sum(map(len, pieces[begin:end + 1]))
    while end + 1 < len(pieces) and left >= len(pieces[end + 1]):
        end += 1
        left -= len(pieces[end])
    while begin > 0 and left >= len(pieces[begin - 1]):  # near the end of the text there is room before
        begin -= 1
        left -= len(pieces[begin])
    found = "".join(pieces[begin:end + 1])
    return found if wanted and 2 * len(wanted & words(found)) >= len(wanted) else None


def _share(text: str) -> float:
    """A number from 0 to 1 that depends on nothing but the text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def head(text: str, size: int) -> str:
    """The first pieces, about `size` characters."""
    taken, out = 0, []
    for piece in lines(text):
        if taken + len(piece) > size:
            break
        out.append(piece)
        taken += len(piece)
    return "".join(out) or text[:size]

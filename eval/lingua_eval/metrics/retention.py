"""What of the facts is left: numbers, negations, names, identifiers, URLs; and what words were broken on the way."""

import re
from collections import Counter
from collections.abc import Sequence

CLASSES = {
    "urls": re.compile(r"https?://[^\s<>\"')\]]+|www\.[^\s<>\"')\]]+|[\w.+-]+@[\w-]+\.[\w.]+"),
    "identifiers": re.compile(r"\b(?:[A-Za-z]+_\w+|[a-z]+[A-Z]\w*|[A-Za-z]+\d\w*|\w+(?:\.\w+)+\(\)|\w+\(\))"),
    "numbers": re.compile(r"(?<![\w.])[-+]?\d+(?:[.,:/]\d+)*(?![\w])"),
    "negations": re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|\w+n['’]t)\b"
                            r"|不(?!过)|没|未(?!来)|非(?!常)|无", re.IGNORECASE),
    "names": re.compile(r"(?<=[\w,;] )[A-Z][a-z]+(?: [A-Z][a-z]+)*"),  # capitals inside sentences
}
WORD_CHARACTERS = re.compile(r"\w+")
LABEL = re.compile(r"\s*[^\W\d_][\w .-]{0,30}[:：]")  # who speaks: it stays for the sake of the turn's other sentences
WORD = re.compile(r"[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+(?:['’][^\W_]+)?")  # of scripts with spaces


def facts(text: str) -> dict[str, Counter[str]]:
    return {name: Counter(pattern.findall(text)) for name, pattern in CLASSES.items()}


def retention(original: str, compressed: str) -> dict[str, tuple[int, int]]:
    """Per class, how many occurrences are left in `compressed`, and how many there were."""
    before, after = facts(original), facts(compressed)
    return {name: ((before[name] & after[name]).total(), before[name].total()) for name in CLASSES}


def survival(original: str, kept: Sequence[tuple[int, int]], sentences: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The same within the sentences of which a word was kept, whose turn it is aside. `kept`: byte ranges; `sentences` tile
    `original`."""
    mask = bytearray(len(original.encode()))
    for begin, end in kept:
        mask[begin:end] = b"\1" * (end - begin)
    counts = {name: (0, 0) for name in CLASSES}
    start = 0
    for sentence in sentences:
        left = mask[start:start + len(sentence.encode())]
        start += len(left)
        if not _has_word(sentence, left):
            continue
        for name, pattern in CLASSES.items():
            found = [_bytes(sentence, match) for match in pattern.finditer(sentence)]
            whole = sum(all(left[begin:end]) for begin, end in found)
            counts[name] = (counts[name][0] + whole, counts[name][1] + len(found))
    return counts


def _has_word(sentence: str, left: bytearray) -> bool:
    label = LABEL.match(sentence)
    words = WORD_CHARACTERS.finditer(sentence, label.end() if label else 0)
    return any(any(left[begin:end]) for begin, end in (_bytes(sentence, word) for word in words))


def _bytes(text: str, match: re.Match[str]) -> tuple[int, int]:
    begin = len(text[:match.start()].encode())
    return begin, begin + len(match[0].encode())


def broken(original: str, compressed: str) -> tuple[int, int]:
    """Words of `compressed` that the original does not have, and all of its words."""
    known = set(WORD.findall(original))
    words = WORD.findall(compressed)
    return sum(word not in known for word in words), len(words)

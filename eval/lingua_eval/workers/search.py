"""What to ask a compressor for that does not deliver what it is asked for."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def closest(once: Callable[[float], T], length: Callable[[T], int], wanted: int, tries: int, close: float) -> T:
    """Of at most `tries` answers of once(target) the one whose length is closest to `wanted`; the first that is within
    the share `close` of it ends the search. Targets are corrected in proportion, and bisected where that leaves the
    bracket that is known."""
    low, high, target = 0.0, float("inf"), float(wanted)
    answers = []
    for _ in range(tries):
        answer = once(target)
        answers.append(answer)
        got = length(answer)
        if abs(got - wanted) <= close * wanted:
            break
        low, high = (low, target) if got > wanted else (target, high)
        target = target * wanted / max(got, 1)
        if not low < target < high:
            target = (low + high) / 2 if high < float("inf") else 2 * low
    return min(answers, key=lambda answer: abs(length(answer) - wanted))

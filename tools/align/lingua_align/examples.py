"""Dialogues as the scorer reads them: token ids, and which of them are learnt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from .errors import AlignError, Exit
from .pairs import Dialogue, in_hash_order

if TYPE_CHECKING:  # it needs the package tokenizers, what is here does not
    from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Example:
    ids: tuple[int, ...]  # the separator first, as before every text that is scored
    learnt: tuple[bool, ...]  # of each token: whether it belongs to an answer

    @property
    def targets(self) -> int:
        return sum(self.learnt)


def encode(dialogue: Dialogue, vocabulary: "Vocabulary", length: int) -> Example:
    """At most `length` tokens. The text is read as a whole; a token that reaches into an answer belongs to it."""
    pieces = [piece for piece in dialogue.pieces() if piece[0]]
    ends = list(accumulate(len(text) for text, _ in pieces))
    ids, offsets = vocabulary.encode("".join(text for text, _ in pieces))
    learnt, number = [], 0
    for _, end in offsets:
        while number + 1 < len(ends) and end > ends[number]:
            number += 1
        learnt.append(pieces[number][1])
    return Example((vocabulary.separator, *ids)[:length], (False, *learnt)[:length])


def split(dialogues: Iterable[Dialogue], held_out: int, seed: int,
          limit: int | None) -> tuple[list[Dialogue], list[Dialogue]]:
    """(to learn, held out): the dialogues of `held_out` instructions by hash, of one instruction all or none. At most
    `limit` to learn."""
    groups: dict[str, list[Dialogue]] = {}
    for dialogue in dict.fromkeys(dialogues):
        groups.setdefault(dialogue.key, []).append(dialogue)
    order = in_hash_order(groups, seed)
    if len(order) <= held_out:
        raise AlignError(Exit.INPUT_MALFORMED, f"the pairs have {len(order)} different instructions, of which "
                                               f"{held_out} are to be held out; give more pairs, or --held-out fewer")
    held = [dialogue for key in order[:held_out] for dialogue in groups[key]]
    return [dialogue for key in order[held_out:] for dialogue in groups[key]][:limit], held


def encode_all(dialogues: Sequence[Dialogue], vocabulary: "Vocabulary", length: int) -> list[Example]:
    """Those of which some of the answer is among the first `length` tokens."""
    examples = [encode(dialogue, vocabulary, length) for dialogue in dialogues]
    if not (usable := [example for example in examples if example.targets]):
        raise AlignError(Exit.INPUT_MALFORMED, f"no answer begins within {length} tokens; --length allows for more")
    return usable


def micro_batches(examples: Sequence[Example], tokens: int) -> list[list[Example]]:
    """Examples of like length together, at most `tokens` with padding; a longer one alone."""
    batches: list[list[Example]] = []
    for example in sorted(examples, key=lambda one: len(one.ids)):
        if not batches or (len(batches[-1]) + 1) * len(example.ids) > tokens:
            batches.append([])
        batches[-1].append(example)
    return batches

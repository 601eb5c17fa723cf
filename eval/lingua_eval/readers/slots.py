"""Greedy answers to several prompts at once: a forward pass for 32 sequences costs less than two for sixteen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from .base import Generation, Limits
from .context import Context


@dataclass
class Slot:
    index: int
    prompt_tokens: int
    next: int  # the token to append
    tokens: list[int] = field(default_factory=list)
    text: bytes = b""

    @property
    def length(self) -> int:
        """Of what the model has read: all but the last token."""
        return self.prompt_tokens + len(self.tokens) - 1


class Slots:
    """Sequence 0 holds the trunk, a beginning that prompts share; the first slot's answer, with what it answers, is
    sequence 1, and so on without a gap, for llama.cpp takes only neighbours together."""

    def __init__(self, context: Context, limits: Limits):
        self.context, self.limits = context, limits
        self.stop = [text.encode() for text in limits.stop]
        self.slots: list[Slot] = []
        self.trunk: list[int] = []

    def busy(self) -> bool:
        return bool(self.slots)

    def free(self) -> bool:
        return 1 + len(self.slots) < self.context.sequences

    def start(self, index: int, prompt: Sequence[int], branch: int) -> None:
        """While one is free. `branch`: how much of its beginning the next prompt has in common with this one."""
        shared = common(self.trunk, prompt)
        if branch > shared:
            self.context.forget(0, shared)
            self.context.append(0, shared, prompt[shared:branch])
            self.trunk, shared = list(prompt[:branch]), branch
        shared = min(shared, len(prompt) - 1)  # the last token's logits are needed
        sequence = 1 + len(self.slots)
        self.context.copy(0, sequence, shared)
        logits = self.context.append(sequence, shared, prompt[shared:])
        self.slots.append(Slot(index, len(prompt), int(np.argmax(logits))))

    def step(self) -> Iterator[tuple[int, Generation]]:
        """Lets every answer grow by a token; those that are complete come out and make room."""
        for place in reversed(range(len(self.slots))):
            slot = self.slots[place]
            if self._take(slot):
                self._vacate(place)
                yield slot.index, Generation(self._cut(slot.text), len(slot.tokens), slot.prompt_tokens)
        if not self.slots:
            return
        logits = self.context.forward([(slot.next, slot.length, sequence, True)
                                       for sequence, slot in enumerate(self.slots, 1)])
        for slot, row in zip(self.slots, logits, strict=True):
            slot.next = int(np.argmax(row))

    def _vacate(self, place: int) -> None:
        """The last answer moves there."""
        last = self.slots.pop()
        self.context.forget(1 + place)
        if place < len(self.slots):
            self.slots[place] = last
            self.context.copy(1 + len(self.slots), 1 + place, last.length)
            self.context.forget(1 + len(self.slots))

    def _take(self, slot: Slot) -> bool:
        """Takes the chosen token; whether the answer is complete."""
        if self.context.model.ends(slot.next):
            return True
        slot.tokens.append(slot.next)
        slot.text += self.context.model.piece(slot.next)
        return len(slot.tokens) >= self.limits.max_tokens or any(stop in slot.text for stop in self.stop) or \
            self._enough(slot.text)

    def _enough(self, text: bytes) -> bool:
        return self.limits.enough is not None and self.limits.enough(text.decode(errors="replace"))

    def _cut(self, text: bytes) -> str:
        for stop in self.stop:
            text = text.split(stop, 1)[0]
        return text.decode(errors="replace")


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """The length of the common beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))

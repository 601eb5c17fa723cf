"""Greedy answers to several prompts at once: a forward pass for 32 sequences costs less than two for sixteen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from .base import Generation, Limits
from .context import Context


@dataclass
class Slot:
    sequence: int
    index: int
    prompt_tokens: int
    next: int  # the token to append
    tokens: list[int] = field(default_factory=list)
    text: bytes = b""


class Slots:
    """Sequence 0 holds the trunk, a beginning that prompts share; the others an answer each, with what it answers."""

    def __init__(self, context: Context, sequences: int, limits: Limits):
        self.context, self.limits = context, limits
        self.stop = [text.encode() for text in limits.stop]
        self.free = list(range(1, sequences))
        self.slots: list[Slot] = []
        self.trunk: list[int] = []

    def busy(self) -> bool:
        return bool(self.slots)

    def start(self, index: int, prompt: Sequence[int], branch: int) -> None:
        """While one is free. `branch`: how much of its beginning the next prompt has in common with this one."""
        shared = common(self.trunk, prompt)
        if branch > shared:
            self.context.forget(0, shared)
            self.context.append(0, shared, prompt[shared:branch])
            self.trunk, shared = list(prompt[:branch]), branch
        shared = min(shared, len(prompt) - 1)  # the last token's logits are needed
        sequence = self.free.pop()
        self.context.copy(0, sequence, shared)
        logits = self.context.append(sequence, shared, prompt[shared:])
        self.slots.append(Slot(sequence, index, len(prompt), int(np.argmax(logits))))

    def step(self) -> Iterator[tuple[int, Generation]]:
        """Lets every answer grow by a token; those that are complete come out and make room."""
        for slot in list(self.slots):
            if self._take(slot):
                self.slots.remove(slot)
                self.free.append(slot.sequence)
                self.context.forget(slot.sequence)
                yield slot.index, Generation(self._cut(slot.text), len(slot.tokens), slot.prompt_tokens)
        if not self.slots:
            return
        logits = self.context.forward([(slot.next, slot.prompt_tokens + len(slot.tokens) - 1, slot.sequence, True)
                                       for slot in self.slots])
        for slot, row in zip(self.slots, logits, strict=True):
            slot.next = int(np.argmax(row))

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

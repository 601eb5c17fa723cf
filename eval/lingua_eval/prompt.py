"""How a prompt's parts become one text: as `lingua` does it, so that all systems start from the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

SEPARATOR = "\n\n"


@dataclass(frozen=True)
class Request:
    """A prompt to compress. Instruction and question are meant to stay; the budget is for the contexts."""

    contexts: tuple[str, ...]
    budget: int  # tokens of the scorer that the contexts may keep
    instruction: str = ""
    question: str = ""

    def parts(self) -> list[tuple[str, str]]:
        """(role, text) of every part that is not empty; all but the last end with a blank line."""
        named = [("instruction", self.instruction), *(("context", text) for text in self.contexts),
                 ("question", self.question)]
        given = [(role, text) for role, text in named if text]
        return [(role, ended(text)) for role, text in given[:-1]] + given[-1:]

    def with_context(self, context: str) -> str:
        """The prompt with `context` in place of the contexts."""
        return join([self.instruction, context, self.question])


def ended(text: str) -> str:
    """`text`, made to end with a blank line: what is missing of it is appended."""
    return text + next(SEPARATOR[n:] for n in range(len(SEPARATOR), -1, -1) if text.endswith(SEPARATOR[:n]))


def join(parts: Sequence[str]) -> str:
    given = [part for part in parts if part]
    return "".join([*map(ended, given[:-1]), *given[-1:]])

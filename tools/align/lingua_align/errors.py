"""What can go wrong, each with the exit code that docs/alignment.md promises."""

from enum import IntEnum


class Exit(IntEnum):
    """The first ones mean what they mean for `lingua` (docs/errors.md)."""

    OPTION = 2
    INPUT_UNREADABLE = 3
    INPUT_MALFORMED = 4
    MODEL_NOT_FOUND = 7
    MODEL_INVALID = 8
    MODEL_UNSUPPORTED = 9
    OUTPUT_UNWRITABLE = 10
    MEMORY = 11
    READER = 12
    DIVERGED = 13
    INTERRUPTED = 130


class AlignError(Exception):
    """A sentence for people, which names the bad value and what to do, and an exit code for programs."""

    def __init__(self, code: Exit, message: str):
        super().__init__(message)
        self.code = code

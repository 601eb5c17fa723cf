"""What the tests share. They need nothing but Python; those of a package that is missing are skipped."""

import importlib.util
import sys
import unittest
from pathlib import Path

EVAL = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(EVAL))


def needs(*packages: str):
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    return unittest.skipIf(missing, f"{', '.join(missing)} missing; make test-eval runs all")


class Characters:
    """A tokenizer by hand: every character is a token."""

    def ids(self, text: str) -> list[int]:
        return [ord(character) for character in text]

    def count(self, text: str) -> int:
        return len(text)

    def pieces(self, text: str) -> list[bytes]:
        return [character.encode() for character in text]

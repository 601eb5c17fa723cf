"""What the tests share. Those of a package or program that is missing are skipped."""

import contextlib
import importlib.util
import io
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tools" / "align"), str(ROOT / "eval"), str(ROOT / "tests" / "golden")]

PROGRAM = Path(os.environ.get("LINGUA_PROGRAM") or ROOT / "build" / "lingua")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
DEFAULT_MODEL = Path(os.environ.get("LINGUA_MODEL") or CACHE / "lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf")
MISSING = [name for name in ("torch", "transformers", "peft", "gguf", "tokenizers", "psutil")
           if importlib.util.find_spec(name) is None]

needs_packages = unittest.skipIf(MISSING, f"{', '.join(MISSING)} missing; make test-align runs all")
needs_program = unittest.skipIf(MISSING or not PROGRAM.is_file(), f"packages or {PROGRAM} missing")

COLOURS = ("red", "green", "blue", "white", "black", "yellow", "brown", "grey")
THINGS = ("sky", "sea", "leaf", "stone", "wall", "door")


def colour_pairs(count: int) -> list[dict[str, str]]:
    """Pairs that even a tiny model can learn: the answers are nearly the same."""
    names = [(colour, thing) for colour in COLOURS for thing in THINGS][:count]
    return [{"instruction": f"The {colour} {thing}?", "output": f"It is the {thing}, and it is {colour}."}
            for colour, thing in names]


class AlignTest(unittest.TestCase):
    """Each test has an empty folder."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def pairs(self, count: int = 24) -> Path:
        return self.write("pairs.jsonl", "".join(json.dumps(one) + "\n" for one in colour_pairs(count)))

    def tiny(self, architecture: str = "llama") -> Path:
        """A model with random weights and a byte-level tokenizer."""
        from tiny_transformers import Weights
        from tiny_transformers_peers import write_gguf

        path = self.folder / f"{architecture}.gguf"
        write_gguf(path, architecture, Weights(architecture))
        return path

    def align(self, *words: object) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the command line."""
        from lingua_align.__main__ import main

        out, err = io.StringIO(), io.StringIO()
        with mock.patch.object(sys, "argv", ["run", *map(str, words)]), contextlib.redirect_stdout(out), \
                contextlib.redirect_stderr(err):
            try:
                main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
        return code, out.getvalue(), err.getvalue()

    def ok(self, *words: object) -> str:
        code, out, err = self.align(*words)
        self.assertEqual(code, 0, err)
        return out

    def fails(self, expected: int, says: str, *words: object) -> None:
        code, out, err = self.align(*words)
        self.assertEqual((code, out), (expected, ""), err)
        self.assertIn("align: error: ", err)
        self.assertIn(says, err)

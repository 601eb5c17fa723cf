"""Runs the program under test. Tests that need a model are skipped, with a message, where the default one is missing."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["LINGUA_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

# What docs/errors.md promises.
EXIT = {"invalid_option": 2, "invalid_pattern": 2, "input_unreadable": 3, "input_malformed": 4, "input_too_large": 5,
        "target_unreachable": 6, "model_not_found": 7, "model_invalid": 8, "model_unsupported": 9,
        "output_unwritable": 10, "cancelled": 130}


def model_path() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("LINGUA_MODEL") or Path(cache, "lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf"))


needs_model = unittest.skipUnless(model_path().is_file(), f"no model at {model_path()}; scripts/setup gets it")


class ProgramTest(unittest.TestCase):
    """Each test has an empty folder, which is the working directory of the program."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, content) -> str:
        """Writes a file into the folder; returns its name."""
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def run_program(self, *words, stdin=b"", env=None) -> subprocess.CompletedProcess:
        return subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, capture_output=True,
                              input=stdin if isinstance(stdin, bytes) else stdin.encode(),
                              env={**os.environ, **(env or {})}, timeout=240)

    def ok(self, *words, stdin=b"", env=None) -> subprocess.CompletedProcess:
        done = self.run_program(*words, stdin=stdin, env=env)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace"))
        return done

    def json(self, *words, stdin=b"") -> dict:
        return json.loads(self.ok(*words, "--json", stdin=stdin).stdout)

    def fails(self, code: str, *words, says=(), stdin=b"", env=None):
        """The program ends with the exit code of `code`, one line of error that has all of `says`, and no output."""
        done = self.run_program(*words, stdin=stdin, env=env)
        message = done.stderr.decode(errors="replace")
        self.assertEqual(done.returncode, EXIT[code], message)
        self.assertEqual(done.stdout, b"")
        self.assertTrue(message.startswith("lingua: error: "), message)
        self.assertEqual(message.count("\n"), 1, message)
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, message)

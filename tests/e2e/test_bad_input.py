"""Bad input gets a clear error: what is wrong, where, and what the limit is. Each error code is produced here."""

import os
import re
import struct
import subprocess
import threading
import unittest
from pathlib import Path

from program import EXIT, PROGRAM, ROOT, ProgramTest, model_path, needs_model


class Completeness(unittest.TestCase):
    def test_every_documented_code_is_produced(self):
        """But for `internal`, which is a bug wherever it appears."""
        rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", (ROOT / "docs/errors.md").read_text(), re.M)
        codes = {code: int(exit_code) for exit_code, code in rows}
        self.assertEqual(codes.pop("internal"), 70)
        self.assertEqual(codes, EXIT)
        tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*.py"))
        for code in EXIT:
            self.assertRegex(tests, rf'(fails\(|EXIT\[)"{code}"')


class Options(ProgramTest):
    def test_usage(self):
        for words, says in [
            ([], ["command is missing", "compress"]),
            (["squeeze"], "squeeze"),
            (["compress", "--frobnicate"], ["--frobnicate", "lingua compress --help"]),
            (["compress", "--ratio"], "--ratio"),
            (["compress", "--ratio", "2", "--rate", "0.5"], "--ratio and --rate contradict"),
            (["compress", "--tokens", "-5"], ["--tokens", "'-5' is not a whole number"]),
            (["compress", "--tokens", "1e3"], "'1e3' is not a whole number"),
            (["compress", "--ratio", "much"], "'much' is not a number"),
            (["compress", "--method", "magic"], ["'magic'", "llmlingua"]),
            (["compress", "--max-bytes", "12Q"], "'12Q' is not a number of bytes"),
            (["compress", "--output", ""], ["--output", "empty"]),
            (["score", "--threads", "-1"], "'-1' is not a whole number"),
            (["completion", "tcsh"], ["'tcsh'", "bash"]),
        ]:
            with self.subTest(words):
                self.fails("invalid_option", *words, says=says)

    @needs_model
    def test_targets(self):
        for option in ["--ratio", "--rate"]:
            for value in ["0", "-3", "nan", "-inf"]:
                with self.subTest(f"{option} {value}"):
                    self.fails("invalid_option", "compress", option, value, stdin="Some text.", says=value)
        self.fails("invalid_option", "compress", "--tokens", "0", stdin="Some text.", says="0")

    @needs_model
    def test_ranges(self):
        for words, says in [(["--granularity", "0.5"], "0.5"), (["--granularity", "nan"], "nan"),
                            (["--instruction-rate", "1.5"], "1.5"), (["--question-rate", "-1"], "-1"),
                            (["--segment", "0"], "0"), (["--unit", "sentence"], "sentence"), (["--window", "1"], "1"),
                            (["--window", "99999999"], "99999999")]:
            with self.subTest(words):
                self.fails("invalid_option", "compress", *words, stdin="Some text.", says=says)

    @needs_model
    def test_regular_expressions(self):
        for pattern in ["(", "[a", "a{2,1}", "(?<x"]:
            with self.subTest(pattern):
                self.fails("invalid_pattern", "compress", "--keep-regex", pattern, stdin="Some text.", says=pattern)


class Files(ProgramTest):
    def test_missing(self):
        for words in [["compress", "gone.txt"], ["score", "gone.txt"], ["compress", "--context", "gone.txt"],
                      ["compress", "--instruction", "gone.txt"], ["compress", "gone.txt", "--input-format", "json"]]:
            with self.subTest(words):
                self.fails("input_unreadable", *words, says=["'gone.txt'", "No such file"])

    def test_text_in_place_of_a_file(self):
        self.fails("input_unreadable", "compress", "--question", "Who pays?", stdin="Text.", says="--question-text takes")

    def test_folder(self):
        self.fails("input_unreadable", "compress", ".", says=["'.'", "folder"])
        descriptor = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, descriptor)
        done = subprocess.run([PROGRAM, "compress"], stdin=descriptor, capture_output=True)
        self.assertEqual(done.returncode, EXIT["input_unreadable"])
        self.assertIn(b"standard input is a folder", done.stderr)

    def test_unreadable(self):
        name = self.write("secret.txt", "text")
        os.chmod(self.folder / name, 0)
        if os.access(self.folder / name, os.R_OK):
            self.skipTest("this user may read everything")
        self.fails("input_unreadable", "compress", name, says=["'secret.txt'", "Permission denied"])

    def test_not_utf8(self):
        name = self.write("latin1.txt", "caf\xe9 au lait".encode("latin-1"))
        for words in [["compress", name], ["score", name], ["compress", "--question", name, "--context-text", "x"],
                      ["compress", name, "--input-format", "messages"]]:
            with self.subTest(words):
                self.fails("input_malformed", *words, says=["'latin1.txt'", "byte 3 (0xe9) is not UTF-8"])
        self.fails("input_malformed", "compress", stdin=b"ab\xff", says=["standard input", "byte 2 (0xff)"])

    def test_empty(self):
        empty = self.write("empty", "")
        for words in [["compress"], ["compress", empty], ["compress", "--context", empty, "--question-text", ""]]:
            with self.subTest(words):
                if model_path().is_file():
                    self.fails("input_malformed", *words, says="empty")
        if model_path().is_file():
            self.fails("input_malformed", "compress", stdin=" \n\t  \n\n  \n ", says="empty")
        self.fails("input_malformed", "score", empty, says=["'empty'", "empty"])

    def test_too_large(self):
        name = self.write("large.txt", "word " * 100)
        self.fails("input_too_large", "compress", name, "--max-bytes", "499", says=["500 bytes", "499", "--max-bytes"])
        self.fails("input_too_large", "compress", "--max-bytes", "499", stdin="word " * 100, says=["more bytes", "499"])
        self.fails("input_too_large", "score", name, "--max-bytes", "499", says="499")

    def test_too_large_is_refused_unread(self):
        """A sparse terabyte, and a pipe that never ends."""
        with open(self.folder / "huge", "wb") as file:
            file.truncate(1 << 40)
        self.fails("input_too_large", "compress", "huge", says="1,099,511,627,776 bytes")
        with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
            done = subprocess.run([PROGRAM, "compress", "--max-bytes", "1M"], stdin=endless.stdout, capture_output=True)
            endless.kill()
        self.assertEqual(done.returncode, EXIT["input_too_large"])

    @needs_model
    def test_limit_is_on_the_whole_prompt(self):
        name = self.write("half.txt", "word " * 100)
        self.fails("input_too_large", "compress", "--context", name, "--context", name, "--max-bytes", "600", says="600")

    def test_unwritable_output(self):
        text = self.write("in.txt", "Some text to be compressed.")
        for option in ["--output", "--html"]:
            self.fails("output_unwritable", "compress", text, option, ".", says=["'.'", "folder"])
            self.fails("output_unwritable", "compress", text, option, "no/such/out", says=["no/such", "no folder"])
        self.fails("output_unwritable", "score", text, "--output", "no/such/out", says="no folder")

    @needs_model
    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        text = self.write("in.txt", "Some text to be compressed.")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "compress", self.folder / text], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, EXIT["output_unwritable"])
        self.assertIn(b"cannot write standard output: No space left", done.stderr)


class Json(ProgramTest):
    def test_prompt(self):
        for text, says in [("{", "malformed JSON"), ("[]", "not an object"), ('{"contexts": "a"}', "not an array"),
                           ('{"contexts": [1]}', "contexts[0] is a number"), ('{"text": "a"}', 'unknown key "text"'),
                           ('{"question": "\\ud800"}', "malformed JSON"), ("[" * 100000, "deeper than 100")]:
            with self.subTest(text[:30]):
                self.fails("input_malformed", "compress", "--input-format", "json", stdin=text,
                           says=["standard input: ", says])

    def test_chat(self):
        for text, says in [("", "malformed JSON"), ("{}", "without \"messages\""), ("[]", "no messages"),
                           ('[{"role": "robot", "content": "a"}]', 'messages[0].role is "robot"'),
                           ('[{"role": "user", "content": {}}]', "messages[0].content is an object")]:
            with self.subTest(text):
                self.fails("input_malformed", "compress", "--input-format", "messages", stdin=text, says=says)


@needs_model
class Target(ProgramTest):
    def test_smaller_than_what_must_be_kept(self):
        self.fails("target_unreachable", "compress", "--instruction-text", "Answer in one word, please, and be quick.",
                   "--tokens", "3", stdin="One. Two. Three.", says=["3 tokens", "smallest possible"])
        self.fails("target_unreachable", "compress", "--keep-regex", ".", "--ratio", "2", stdin="One. Two.",
                   says="smallest possible")


class Models(ProgramTest):
    TEXT = "Some text."

    def test_none(self):
        self.fails("model_not_found", "compress", "--model", "gone.gguf", stdin=self.TEXT, says=["gone.gguf", "--model"])
        self.fails("model_not_found", "compress", stdin=self.TEXT, says=["nowhere.gguf", "make demo", "LINGUA_MODEL"],
                   env={"LINGUA_MODEL": "nowhere.gguf"})
        self.fails("model_not_found", "score", stdin=self.TEXT, env={"LINGUA_MODEL": "nowhere.gguf"})
        self.fails("model_not_found", "model", "gone.gguf", says="gone.gguf")
        self.fails("model_not_found", "model", says=["nowhere.gguf", "make demo"], env={"LINGUA_MODEL": "nowhere.gguf"})

    def test_damaged(self):
        for content in [b"", b"GGUF", b"not a model at all", b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1)]:
            name = self.write("bad.gguf", content)
            for words in [["compress", "--model", name], ["model", name]]:
                with self.subTest(content=content, words=words):
                    self.fails("model_invalid", *words, stdin=self.TEXT, says="bad.gguf")

    @needs_model
    def test_truncated(self):
        with open(model_path(), "rb") as file:
            name = self.write("half.gguf", file.read(5_000_000))
        self.fails("model_invalid", "compress", "--model", name, stdin=self.TEXT, says="half.gguf")

    def test_unsupported(self):
        """A sound GGUF, without tensors, of an architecture nobody has heard of."""
        def text(value):
            return struct.pack("<Q", len(value)) + value.encode()
        header = b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("general.architecture") + struct.pack("<I", 8)
        name = self.write("exotic.gguf", header + text("exotic"))
        self.fails("model_unsupported", "compress", "--model", name, stdin=self.TEXT, says=["exotic.gguf", "exotic"])


class Interrupts(ProgramTest):
    def test_while_reading(self):
        process = subprocess.Popen([PROGRAM, "compress", "-o", "out.txt"], cwd=self.folder, stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        timer = threading.Timer(0.5, process.terminate)
        timer.start()
        process.wait(30)
        self.assertEqual(process.returncode, EXIT["cancelled"])
        process.stdin.close()
        process.stderr.close()
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    unittest.main()

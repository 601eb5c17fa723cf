"""A tiny random model learns a tiny set; runs that are repeated or interrupted end in the same bytes."""

import json
import unittest
from pathlib import Path
from unittest import mock

from support import AlignTest, needs_packages

from lingua_align.errors import Exit

SMALL = ("--held-out", 6, "--length", 64, "--batch", 6, "--evaluate-every", 3, "--threads", 1, "--device", "cpu")


class After:
    """True when asked for the `steps`-th time."""

    def __init__(self, steps: int):
        self.steps = steps

    def __bool__(self) -> bool:
        self.steps -= 1
        return self.steps <= 0


@needs_packages
class Learning(AlignTest):
    def train(self, method: str, rate: float, epochs: int, output: str = "out.gguf") -> dict:
        return json.loads(self.ok("train", self.tiny(), self.pairs(), "--method", method, "--learning-rate", rate,
                                  "--epochs", epochs, "--output", self.folder / output, "--json", *SMALL))

    def test_the_answers_of_unseen_instructions_become_likelier(self) -> None:
        for method, rate in (("full", 3e-3), ("lora", 1e-2)):
            with self.subTest(method):
                result = self.train(method, rate, 10)
                self.assertLess(result["held_out"]["after"], 0.6 * result["held_out"]["before"])
                measured = json.loads(self.ok("measure", self.folder / "out.gguf", self.pairs(), "--json", *SMALL[:4]))
                self.assertAlmostEqual(measured["nll"], result["held_out"]["after"], delta=0.02)
                self.assertEqual(measured["tokens"], result["held_out"]["tokens"])

    def test_bf16_learns_as_well(self) -> None:
        result = json.loads(self.ok("train", self.tiny(), self.pairs(), "--bf16", "--learning-rate", 1e-2,
                                    "--epochs", 6, "--output", self.folder / "out.gguf", "--json", *SMALL))
        self.assertLess(result["held_out"]["after"], 0.7 * result["held_out"]["before"])

    def test_an_interrupted_run_goes_on_to_the_same_bytes(self) -> None:
        for method in ("lora", "full"):
            with self.subTest(method):
                self.train(method, 3e-3, 2, "whole.gguf")
                for steps, done in ((1, 1), (2, 3), (1, 4)):  # between two evaluations, at one, and after it
                    self.interrupt(method, steps, done)
                self.train(method, 3e-3, 2)
                self.assertEqual(self.bytes("out.gguf"), self.bytes("whole.gguf"))
                self.assertFalse((self.folder / "out.gguf.checkpoint").exists())
                (self.folder / "out.gguf").unlink()

    def interrupt(self, method: str, steps: int, done: int) -> None:
        """As by Ctrl-C during the last of so many more steps."""
        with mock.patch("lingua_align.__main__.stopped_by_signal", return_value=After(steps)):
            self.fails(Exit.INTERRUPTED, f"interrupted after step {done} of 6", "train", self.tiny(), self.pairs(),
                       "--method", method, "--learning-rate", 3e-3, "--epochs", 2, "--output", self.folder / "out.gguf",
                       *SMALL)
        self.assertEqual([(self.folder / name).exists() for name in ("out.gguf", "out.gguf.checkpoint")], [False, True])

    def bytes(self, name: str) -> bytes:
        return Path(self.folder, name).read_bytes()


@needs_packages
class StoppingEarly(AlignTest):
    def test_what_does_not_help_is_not_kept(self) -> None:
        """A rate that only does harm: after three evaluations the run ends, with the weights of the source."""
        result = json.loads(self.ok("train", self.tiny(), self.pairs(), "--method", "full", "--learning-rate", 1.0,
                                    "--epochs", 20, "--output", self.folder / "out.gguf", "--type", "f16", "--json",
                                    *SMALL))
        self.assertEqual((result["best_step"], [point["step"] for point in result["curve"]]), (0, [0, 3, 6, 9]))
        source, result = (self.measured(name) for name in ("llama.gguf", "out.gguf"))
        self.assertAlmostEqual(source, result, delta=1e-3)

    def measured(self, name: str) -> float:
        return json.loads(self.ok("measure", self.folder / name, self.pairs(), "--json", *SMALL[:4]))["nll"]


@needs_packages
class Errors(AlignTest):
    """Nothing is written but what the message says."""

    def refused(self, code: Exit, says: str, *words: object) -> None:
        before = {path.name for path in self.folder.iterdir()}
        self.fails(code, says, "train", "--output", self.folder / "out.gguf", *SMALL, *words)
        self.assertEqual({path.name for path in self.folder.iterdir()}, before)

    def test_models(self) -> None:
        pairs = self.pairs()
        self.refused(Exit.MODEL_NOT_FOUND, "nowhere.gguf: no such file", self.folder / "nowhere.gguf", pairs)
        self.refused(Exit.MODEL_INVALID, "not a GGUF file", self.write("bad.gguf", "GGUF, or not"), pairs)
        self.refused(Exit.MODEL_INVALID, "not a Hugging Face folder", self.folder, pairs)

    def test_a_model_that_is_cut_off(self) -> None:
        whole, pairs = self.tiny(), self.pairs()
        whole.write_bytes(whole.read_bytes()[:-5000])
        self.refused(Exit.MODEL_INVALID, "not a GGUF file", whole, pairs)

    def test_pairs(self) -> None:
        tiny = self.tiny()
        self.refused(Exit.INPUT_MALFORMED, "no pair", tiny, self.write("empty.jsonl", ""))
        self.refused(Exit.INPUT_MALFORMED, "have 6 different instructions", tiny, self.pairs(6))
        self.refused(Exit.INPUT_MALFORMED, "begins within 3 tokens", tiny, self.pairs(), "--length", 3)

    def test_memory_is_asked_for_first(self) -> None:
        tiny, pairs = self.tiny(), self.pairs()
        with mock.patch("psutil.virtual_memory", return_value=mock.Mock(available=1000)):
            self.refused(Exit.MEMORY, "GiB are free; --method lora", tiny, pairs)

    def test_memory_that_runs_out(self) -> None:
        tiny, pairs = self.tiny(), self.pairs()
        with mock.patch("lingua_align.training.Training.run", side_effect=RuntimeError("DefaultCPUAllocator: can't "
                                                                                       "allocate memory")):
            self.refused(Exit.MEMORY, "not enough memory", tiny, pairs)

    def test_a_loss_that_is_no_number(self) -> None:
        tiny, pairs = self.tiny(), self.pairs()
        with mock.patch("lingua_align.training.answer_nll", side_effect=lambda network, *_: next(
                network.parameters()).sum() * float("nan")):
            self.fails(Exit.DIVERGED, "the loss is nan at step 1", "train", tiny, pairs, "--output",
                       self.folder / "out.gguf", "--method", "full", *SMALL)
        self.assertFalse((self.folder / "out.gguf").exists())

    def test_options(self) -> None:
        tiny, pairs = self.tiny(), self.pairs()
        self.assertEqual(self.align("train", tiny, pairs, "-o", "x.gguf", "--epochs", 0)[0], Exit.OPTION)
        self.fails(Exit.OUTPUT_UNWRITABLE, "in a folder that exists", "train", tiny, pairs, "--output",
                   self.folder / "nowhere" / "out.gguf", *SMALL)

    def test_a_checkpoint_of_another_run(self) -> None:
        tiny, pairs, output = self.tiny(), self.pairs(), self.folder / "out.gguf"
        words = ("train", tiny, pairs, "--output", output, *SMALL)
        with mock.patch("lingua_align.__main__.stopped_by_signal", return_value=After(1)):
            self.fails(Exit.INTERRUPTED, "goes on from there", *words)
        self.fails(Exit.OPTION, "of a run with another model", *words, "--rank", 4)
        (self.folder / "out.gguf.checkpoint").write_bytes(b"damaged")
        self.fails(Exit.INPUT_MALFORMED, "delete it to begin again", *words)


if __name__ == "__main__":
    unittest.main()

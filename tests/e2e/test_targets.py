"""Budgets hold for every method, unit and preset."""

import unittest

from program import EXAMPLES, ProgramTest, needs_model

METHODS = ["llmlingua", "single-pass", "selective-context", "sentence", "head", "tail", "random"]


@needs_model
class Targets(ProgramTest):
    def setUp(self):
        super().setUp()
        self.text = "\n\n".join((EXAMPLES / "meeting.txt").read_text().split("\n\n")[:4])[:900]

    def result(self, *words):
        result = self.json("compress", *words, stdin=self.text)
        self.assertLessEqual(result["tokens_after"], result["budget"], words)
        return result

    def test_tokens_are_exact(self):
        for method in METHODS:
            for target in [["--tokens", "37"], ["--rate", "0.5"]]:
                with self.subTest(method=method, target=target):
                    result = self.result("--unit", "token", "--method", method, *target)
                    self.assertEqual(result["tokens_after"], result["budget"])

    def test_words_are_at_most_a_word_below(self):
        longest = max(map(len, self.text.split()))  # no word has more tokens than bytes
        for method in METHODS:
            for target in [["--ratio", "7"], ["--tokens", "100"]]:
                with self.subTest(method=method, target=target):
                    result = self.result("--method", method, *target)
                    self.assertGreater(result["tokens_after"], result["budget"] - longest)

    def test_a_bigger_budget_of_head_keeps_a_longer_head(self):
        few = self.result("--method", "head", "--tokens", "20")["text"]
        more = self.result("--method", "head", "--tokens", "60")["text"]
        few, more = few.removesuffix("\n\n"), more.removesuffix("\n\n")  # the separator of the last paragraph
        self.assertTrue(self.text.startswith(more) and more.startswith(few))

    def test_presets(self):
        for preset, unit in [("standard", "word"), ("paper", "token")]:
            result = self.result("--preset", preset, "--ratio", "3")
            self.assertEqual(result["options"]["unit"], unit)
        reference = self.json("compress", "--preset", "reference", "--ratio", "3", stdin=self.text)
        self.assertEqual(reference["options"]["decision"], "reference")
        self.assertLess(reference["tokens_after"], reference["tokens_before"])

    def test_seed(self):
        texts = {self.result("--method", "random", "--seed", seed, "--tokens", "30")["text"] for seed in ["1", "1", "2"]}
        self.assertEqual(len(texts), 2)


if __name__ == "__main__":
    unittest.main()

"""Exact match: the forms in which readers give answers."""

import random
import unittest
from itertools import accumulate

import support  # noqa: F401

from lingua_eval.metrics.answers import concluded, extract, matches


class Numbers(unittest.TestCase):
    def test_forms(self):
        for text, key in [
            ("5 - 2 = 3.\nThe answer is 3", "3"),
            ("First the answer is 7. No: the answer is 8.", "8"),
            ("So she pays\n\\[ \\boxed{\\$1,200.00} \\]", "1200"),
            ("\\boxed{18 \\text{ dollars}} per day, from 9 eggs.", "18"),
            ("The total is:\n#### 65,960", "65960"),
            ("**Answer:** $42", "42"),
            ("The answer is $10.50 for 3 books.", "10.5"),
            ("The answer is -4.", "-4"),
            ("Half of 30 is 15.\nThus 15 + 3 = 18", "18"),
            ("The answer is 52%", "52"),
            ("the answer is .5", "0.5"),
            ("The answer is 8. Question: How many pears are there?\nThe answer is 9", "8"),
            ("The answer is $8.50. To check this, 2 + 3 = 5. The answer is 5", "8.5"),
            ("The answer is:\n8\nThe answer is 9", "8"),
            ("So it is 8.\nQ: And then? A: The answer is 9", "8"),
        ]:
            with self.subTest(text):
                self.assertTrue(matches(text, key), extract(text, key))

    def test_wrong(self):
        for text, key in [("The answer is 13", "3"), ("I do not know.", "3"), ("", "3"), ("The answer is 3.5", "3"),
                          ("3 is my guess.\nThe answer is 4", "3"), ("\\boxed{x}", "3")]:
            with self.subTest(text):
                self.assertFalse(matches(text, key), extract(text, key))


class Options(unittest.TestCase):
    def test_forms(self):
        for text in ["So the answer is (B).", "The answer is B.", "the answer is **(B)**", "\\boxed{B}",
                     "Options (A) and (C) fail.\n(B)", "\\boxed{\\text{(B)}}",
                     "So the answer is (B) 12/25/1937, not (A)."]:
            with self.subTest(text):
                self.assertTrue(matches(text, "(B)"), extract(text, "(B)"))

    def test_wrong(self):
        for text in ["So the answer is (A).", "The answer is Because.", "(B) is wrong.\nSo the answer is (C)", ""]:
            with self.subTest(text):
                self.assertFalse(matches(text, "(B)"), extract(text, "(B)"))


class Words(unittest.TestCase):
    def test_forms(self):
        for text, key in [("So the answer is True.", "True"), ("Plausible. So the answer is yes.", "yes"),
                          ("So the answer is valid. In short: Q1 valid, Q2 not. The answer is", "valid"),
                          ("The answer is \\boxed{\\text{valid}}. The answer is no", "valid"),
                          ('The argument is "deductively valid".\nSo the answer is valid.', "valid"),
                          ("So the answer is ] } >.", "] } >"), ("So the answer is abbe  adposition\tarragon.",
                                                                 "abbe adposition arragon"), ("No", "No")]:
            with self.subTest(text):
                self.assertTrue(matches(text, key), extract(text, key))
        self.assertFalse(matches("So the answer is invalid.", "valid"))


class Conclusions(unittest.TestCase):
    def test_forms(self):
        for text in ["So 5.\nThe answer is 5\n", "The answer is 1.5. And", "So the answer is (B).\n",
                     "It is 5.\nQ: And", "The answer is:\n**8**\n"]:
            with self.subTest(text):
                self.assertTrue(concluded(text))
                self.assertFalse(concluded(text[:-5]))

    def test_nothing_that_follows_is_looked_at(self):
        pieces = ["The answer is", "So the answer is", "the answer is", "####", "\\boxed{7}", " 1", ".5", ".", ",200",
                  "\n", " ", "$", "**", ":", "(B)", " Q:", "Question:", "5 - 2 = 3", "no"]
        random.seed(5)
        ended = 0
        for _ in range(3000):
            written = [random.choice(pieces) for _ in range(random.randint(2, 14))]
            text = "".join(written)
            known = next((before for before in accumulate(written) if concluded(before)), None)
            if known is not None:
                ended += 1
                for key in ("1", "(B)", "no"):
                    self.assertEqual(extract(known, key), extract(text, key), (known, text))
        self.assertGreater(ended, 500)


if __name__ == "__main__":
    unittest.main()

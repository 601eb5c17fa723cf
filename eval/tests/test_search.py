"""The search for the target of a compressor that overshoots, on compressors by hand."""

import sys
import unittest

import support

sys.path.insert(0, str(support.EVAL / "lingua_eval" / "workers"))

from search import closest


class Search(unittest.TestCase):
    def ask(self, compress, wanted, tries=5, close=0.02):
        targets = []

        def once(target):
            targets.append(target)
            return compress(target)

        return closest(once, len, wanted, tries, close), targets

    def test_a_constant_factor_takes_two_tries(self):
        found, targets = self.ask(lambda target: "x" * round(1.36 * target), 300)
        self.assertAlmostEqual(len(found), 300, delta=6)
        self.assertEqual(len(targets), 2)

    def test_steps_and_offsets(self):
        found, targets = self.ask(lambda target: "x" * (40 + 20 * int(target / 20)), 300)
        self.assertEqual(len(found), 300)
        self.assertLessEqual(len(targets), 5)

    def test_what_cannot_be_reached_gives_the_closest(self):
        found, targets = self.ask(lambda target: "x" * (500 if target > 50 else 120), 300)
        self.assertEqual((len(found), len(targets)), (120, 5))
        found, targets = self.ask(lambda target: "", 300, tries=4)
        self.assertEqual((found, len(targets)), ("", 4))


if __name__ == "__main__":
    unittest.main()

"""The table of goals, on summaries by hand."""

import unittest

import support  # noqa: F401

from lingua_eval import goals, headline


def row(system, benefit, over=None, **more):
    return {"dataset": "sharegpt", "reader": "r", "system": system, "target": "3x", "n": 9, "benefit": [benefit] * 3,
            **({"over_reference": over} if over else {})} | more


class Goals(unittest.TestCase):
    def test_without_results(self):
        self.assertEqual(goals.table({}).count("not measured yet"), len(goals.GOALS))

    def test_baselines(self):
        rows = [row("lingua", 0.8), row("tail", 0.7, [-0.1, -0.2, 0.05]), row("microsoft", 0.9, [0.1, 0.05, 0.2])]
        self.assertEqual(goals.against_baselines({"conversations": rows}),
                         "above all in 1 of 1 columns of the tables, beyond all intervals in 0")
        rows.append(row("head", 0.9, [0.1, 0.01, 0.2]))
        self.assertIn("above all in 0 of 1 columns of the tables, beyond all intervals in 0; "
                      "below one beyond the interval in 1: sharegpt r 3x (head)",
                      goals.against_baselines({"conversations": rows}))

    def test_values(self):
        costs = [{"dataset": "sharegpt", "system": name, "target": "3x", "n": 9, "ratio": [3] * 3}
                 for name in ("lingua", "microsoft")]
        rows = [row("lingua", 0.8), row("microsoft", 0.2, [-0.5, -0.6, -0.4], n=4), *costs]
        self.assertEqual(goals.benefit("conversations", "sharegpt", "2x", "3x")({"conversations": rows}),
                         "r – / 0.80 (n = 9)")
        other = [row("lingua", 0.9, target="2x", n=4), row("lingua", 0.9, reader="s", target="9x")]
        self.assertEqual(goals.benefit("conversations", "sharegpt", "2x", "3x")({"conversations": rows + other}),
                         "r 0.90 / 0.80 (n = 4 to 9)")
        self.assertEqual(goals.against_microsoft({"conversations": rows}),
                         "sharegpt r 3x: 3.5 times, the whole prompt 5.0 (n = 4)")

    def test_headline(self):
        rows = [row("lingua", 0.8, reader="smollm2"), row("tail", 0.7, reader="smollm2", n=4),
                row("tail", 0.6, reader="gemma")]
        self.assertEqual(headline.table({"conversations": rows}).splitlines(),
                         ["| a third of the tokens | conversations, n = 9 |", "| --- | --- |",
                          "| **lingua** | 0.80 [0.80 0.80] |", "| the last third | 0.70 [0.70 0.70], n = 4 |"])

    def test_exact_match(self):
        rows = [{"dataset": "gsm8k", "reader": "r", "system": "full", "target": "", "n": 9, "exact": [60.0] * 3},
                {"dataset": "gsm8k", "reader": "r", "system": "lingua", "target": "5x", "n": 9, "exact": [57.5] * 3}]
        self.assertEqual(goals.exact("gsm8k", "5x", "14x")({"gsm8k": rows}), "r −2.50 / – points from 60.0 (n = 9)")

    def test_costs(self):
        rows = [{"dataset": "d", "system": "lingua", "target": "3x", "n": 9, "ratio": [3] * 3, "broken": [0.0] * 3,
                 "budget_error": [0.2] * 3, "most_over_budget": -0.1, "survival numbers": [100.0] * 3,
                 "survival negations": [None] * 3}]
        self.assertEqual(goals.survival({"a": rows}), "at worst, over all tables: numbers 100.0 %")
        self.assertEqual(goals.broken({"a": rows}), "at most 0.0 %")
        self.assertIn("mean 0.2 % in the worst table, never more than −0.1 % over", goals.budget_error({"a": rows}))


if __name__ == "__main__":
    unittest.main()

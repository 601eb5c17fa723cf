"""Bootstrap intervals against theory, and retained benefit by hand."""

import random
import unittest

import support


@support.needs("numpy")
class Intervals(unittest.TestCase):
    def test_mean_of_a_normal_sample(self):
        """The interval of a mean is 1.96 standard errors wide on each side."""
        from lingua_eval.stats import Bootstrap

        values = [random.Random(1).gauss(0, 1)] + [random.Random(seed).gauss(0, 1) for seed in range(2, 401)]
        estimate = Bootstrap([str(i) for i in range(400)]).mean(values)
        deviation = (sum((v - estimate.value) ** 2 for v in values) / 400) ** 0.5
        self.assertAlmostEqual(estimate.value, sum(values) / 400)
        for end in (estimate.value - estimate.low, estimate.high - estimate.value):
            self.assertAlmostEqual(end, 1.96 * deviation / 20, delta=0.012)

    def test_clusters_widen_the_interval(self):
        """Ten copies of each item say no more than the item: the interval is that of the single items."""
        from lingua_eval.stats import Bootstrap

        values = [float(i % 7) for i in range(30)]
        single = Bootstrap([f"{i:02}" for i in range(30)]).mean(values)
        names, copies = zip(*[(f"{i:02}", value) for i, value in enumerate(values) for _ in range(10)], strict=True)
        copied = Bootstrap(names).mean(copies)
        self.assertAlmostEqual(single.low, copied.low)
        self.assertAlmostEqual(single.high, copied.high)

    def test_retained_benefit(self):
        from lingua_eval.stats import Bootstrap, retained_benefit

        bootstrap = Bootstrap(["a", "b"])
        estimate = retained_benefit(bootstrap, none=[3.0, 5.0], full=[1.0, 3.0], compressed=[1.5, 4.5])
        self.assertAlmostEqual(estimate.value, (1.5 + 0.5) / 4)  # a ratio of sums, not a mean of ratios
        self.assertAlmostEqual(estimate.low, 0.25)
        self.assertAlmostEqual(estimate.high, 0.75)
        for end, value in ([3.0, 5.0], 0.0), ([1.0, 3.0], 1.0):
            estimate = retained_benefit(bootstrap, none=[3.0, 5.0], full=[1.0, 3.0], compressed=end)
            self.assertEqual((estimate.value, estimate.low, estimate.high), (value, value, value))


if __name__ == "__main__":
    unittest.main()

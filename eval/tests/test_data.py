"""Splits, samples and windows by hand; the loaders on the real data, where it is."""

import unittest
from dataclasses import replace

import support  # noqa: F401

from lingua_eval import data
from lingua_eval.data import files, gsm8k, window
from lingua_eval.item import Half, Item, sample


def items(count: int, **more) -> list[Item]:
    return [Item("set", str(i), ("text",), "?", ("!",), **more) for i in range(count)]


class Samples(unittest.TestCase):
    def test_halves_are_stable_and_even(self):
        halves = [item.half for item in items(1000)]
        self.assertAlmostEqual(halves.count(Half.TEST), 500, delta=50)
        self.assertEqual(halves, [item.half for item in items(1000)])
        self.assertEqual(len({replace(item, group="document").half for item in items(100)}), 1)

    def test_larger_samples_contain_smaller_ones(self):
        pool = [replace(item, stratum=f"task {int(item.id) % 3}") for item in items(90)]
        small, large = (sample(pool, Half.TEST, count) for count in (9, 30))
        self.assertEqual(small, large[:9])
        self.assertEqual(sorted(item.stratum for item in small), ["task 0"] * 3 + ["task 1"] * 3 + ["task 2"] * 3)
        self.assertEqual({item.half for item in large}, {Half.TEST})
        self.assertEqual(sample(reversed(pool), Half.TEST, 30), large)
        self.assertEqual(len(sample(pool, None, 1000)), 90)


    def test_variants_stay_together(self):
        pool = [Item("set", f"{n}@{place}", ("text",), "?", ("!",), group=str(n), stratum=str(place))
                for n in range(40) for place in (1, 5)]
        taken = sample(pool, Half.TEST, 10)
        self.assertEqual(len({item.cluster for item in taken}), 5)


class Windows(unittest.TestCase):
    TEXT = "".join(f"Line {n} speaks of ordinary matters.\n" for n in range(200)) + \
        "The telescope stood in Atacama, Chile.\n" + "".join(f"And line {n} goes on.\n" for n in range(200))

    def test_pieces_are_the_text(self):
        self.assertEqual("".join(window.lines(self.TEXT + "x" * 2000)), self.TEXT + "x" * 2000)

    def test_window_has_the_evidence(self):
        for size in (100, 500, 3000, 10**6):
            found = window.around(self.TEXT, "It stood in Atacama", size)
            self.assertIn("Atacama", found)
            self.assertIn(found, self.TEXT)
            self.assertLessEqual(len(found), size)
        self.assertEqual(window.around(self.TEXT, "It stood in Atacama", 10**6), self.TEXT)
        self.assertIsNone(window.around(self.TEXT, "Penguins prefer herring", 500))

    def test_chinese(self):
        text = "今天天气很好。\n" * 50 + "会议在厦门大学举行。\n" + "大家都很高兴。\n" * 50
        self.assertIn("厦门大学", window.around(text, "厦门大学。", 60))


@unittest.skipUnless(files.folder().is_dir(), f"no data in {files.folder()}; LINGUA_DATA names the folder")
class Loaders(unittest.TestCase):
    def test_items_are_whole(self):
        for name in data.LOADERS:
            loaded = data.load(name)
            with self.subTest(name):
                self.assertEqual(len({item.id for item in loaded}), len(loaded))
                self.assertEqual({item.dataset for item in loaded}, {name})
                self.assertTrue(all(item.question and all(item.contexts) for item in loaded))
                self.assertEqual({item.half for item in loaded}, set(Half))

    def test_gsm8k(self):
        first = data.load("gsm8k")[0]
        self.assertEqual(len(gsm8k.demonstrations()), 8)
        self.assertTrue(all(context.startswith("Question: ") for context in first.contexts))
        self.assertTrue(first.answers[0].endswith(f"The answer is {first.key}"))
        self.assertNotIn("<<", first.answers[0])

    def test_multidoc_moves_the_gold_passage_only(self):
        group = [item for item in data.load("multidoc") if item.id.startswith("0/0@")]
        self.assertEqual([item.facts["position"] for item in group], [1, 5, 10, 15, 20])
        plain = [[context.split(": ", 1)[1] for context in item.contexts] for item in group]
        gold = {texts[item.facts["position"] - 1] for item, texts in zip(group, plain, strict=True)}
        self.assertEqual(len(gold), 1)
        self.assertEqual(len({tuple(text for text in texts if text not in gold) for texts in plain}), 1)
        self.assertEqual({len(texts) for texts in plain}, {20})


if __name__ == "__main__":
    unittest.main()

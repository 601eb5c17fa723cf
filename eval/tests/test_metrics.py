"""Overlap and retention, by hand."""

import unittest

import support

from lingua_eval.metrics import overlap, retention


class Retention(unittest.TestCase):
    TEXT = ("On 12/05 Anna Smith paid $1,200.50, not 900, for max_len and parseTree() at https://a.org/x?y=1. "
            "She wouldn't say why Bob Miller left. 不要忘记。未来非常好。")

    def test_classes(self):
        facts = {name: sorted(found.elements()) for name, found in retention.facts(self.TEXT).items()}
        self.assertEqual(facts["negations"], ["not", "wouldn't", "不"])
        self.assertEqual(facts["names"], ["Anna Smith", "Bob Miller"])
        self.assertEqual(facts["identifiers"], ["max_len", "parseTree"])
        self.assertEqual(facts["urls"], ["https://a.org/x?y=1."])
        self.assertIn("1,200.50", facts["numbers"])

    def test_retention_counts_occurrences(self):
        left = retention.retention("7 and 7 and 8, not 9", "7 and 8")
        self.assertEqual(left["numbers"], (2, 4))
        self.assertEqual(left["negations"], (0, 1))

    def test_survival_looks_at_touched_sentences_only(self):
        sentences = ["Keep 12 of 15. ", "Lose 99. ", "再给 30。"]
        text = "".join(sentences)
        begin = len((sentences[0] + sentences[1]).encode())
        space = len(sentences[0] + sentences[1]) - 1  # of the lost one
        counts = retention.survival(text, [(0, 7), (space, space + 1), (begin + 7, begin + 9)], sentences)
        self.assertEqual(counts["numbers"], (2, 3))  # 12 and 30; 15 was lost, 99 went with its sentence

    def test_a_kept_label_does_not_make_its_sentence_a_kept_one(self):
        sentences = ["Anna Berg: We lost 12. ", "Now 15.\n", "李明：花了 30 元。"]
        text = "".join(sentences)
        third = len((sentences[0] + sentences[1]).encode())
        labels = [(0, 10), (third, third + len("李明：".encode()))]
        self.assertEqual(retention.survival(text, labels, sentences)["numbers"], (0, 0))
        second = (len(sentences[0]), len(sentences[0]) + 7)
        self.assertEqual(retention.survival(text, [*labels, second], sentences)["numbers"], (1, 1))
        punctuation = (len(sentences[0]) - 2, len(sentences[0]) - 1)
        self.assertEqual(retention.survival(text, [punctuation], sentences)["numbers"], (0, 0))

    def test_broken_words(self):
        self.assertEqual(retention.broken("The unfinished sentence", "The finished sentence"), (1, 3))
        self.assertEqual(retention.broken("会议在三点开始", "会三点"), (0, 0))


class Overlap(unittest.TestCase):
    def test_f1(self):
        self.assertAlmostEqual(overlap.f1("The red house", ("a red house by the sea",)), 100 * 2 * 2 / (2 + 4))
        self.assertAlmostEqual(overlap.f1("厦门大学", ("nothing", "厦门大学。")), 100)
        self.assertEqual(overlap.f1("", ("word",)), 0)

    @support.needs("sacrebleu", "rouge_score")
    def test_similarity(self):
        same = overlap.similarity("the cat sat on the mat", "the cat sat on the mat")
        for name in ("bleu", "rouge1", "rouge2", "rougeL"):
            self.assertAlmostEqual(same[name], 100, places=3)
        scores = overlap.similarity("police killed the gunman", "police kill the gunman today")
        self.assertAlmostEqual(scores["rouge1"], 100 * 2 * 4 / (4 + 5))  # stems: killed, kill
        self.assertAlmostEqual(scores["rouge2"], 100 * 2 * 3 / (3 + 4))
        self.assertAlmostEqual(overlap.similarity("厦门大学", "厦门的大学")["rouge1"], 100 * 2 * 4 / 9)


if __name__ == "__main__":
    unittest.main()

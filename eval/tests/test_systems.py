"""Systems: budgets, rankings and BM25 by hand; the conversation with the program on a stand-in for it."""

import json
import math
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import support

from lingua_eval import tokens
from lingua_eval.prompt import Request, ended, join
from lingua_eval.systems import lingua, pieces, plain, rewrite, rivals
from lingua_eval.readers.base import Generation
from lingua_eval.systems.process import JsonProcess
from lingua_eval.systems.registry import OPTIONS, OTHERS, system

PROGRAM = """import json, sys
for line in sys.stdin:
    prompt = json.loads(line)
    if not prompt["contexts"][0]:
        print(json.dumps({"version": 1, "error": {"code": "input_malformed", "message": "empty"}}), flush=True)
        continue
    part = {"role": "context", "original": "ab cd\\n\\n", "text": "ab", "tokens_before": 7, "tokens_after": 2}
    asked = {"role": "question", "original": "q", "text": "q", "tokens_before": 1, "tokens_after": 1}
    kept = [{"part": 0, "begin": 0, "end": 2}, {"part": 1, "begin": 0, "end": 1}]
    print(json.dumps({"text": "abq", "parts": [part, asked], "kept": kept, "forwarded_tokens": 9,
                      "seconds": {"total": 0.5}, "arguments": sys.argv[1:], "prompt": prompt}), flush=True)
"""


class Prompts(unittest.TestCase):
    def test_parts_end_with_a_blank_line(self):
        self.assertEqual([ended(text) for text in ("a", "a\n", "a\n\n", "a\n\n\n")],
                         ["a\n\n", "a\n\n", "a\n\n", "a\n\n\n"])
        self.assertEqual(join(["", "a", "b\n", ""]), "a\n\nb\n")
        request = Request(("one", "two"), 5, question="why?")
        self.assertEqual(request.parts(), [("context", "one\n\n"), ("context", "two\n\n"), ("question", "why?")])
        self.assertEqual(request.with_context("on"), "on\n\nwhy?")


@mock.patch.object(tokens, "scorer", support.Characters)
class Plain(unittest.TestCase):
    REQUEST = Request(("aaaa", "bb", "cccccc"), 8)  # as they stand in the prompt: aaaa, bb with blank lines, cccccc

    def keep(self, choose, request=REQUEST) -> str:
        return next(plain.Plain("test", choose).compress([request])).text

    def test_budgets_are_exact(self):
        self.assertEqual(self.keep(plain.middle), "aaaacccc")
        self.assertEqual(self.keep(plain.whole), "aaaa\n\nbb")
        self.assertEqual(self.keep(plain.shortest), "aaaabb\n\n")
        request = Request(self.REQUEST.contexts, 99)
        for choose in (plain.middle, plain.whole, plain.shortest):
            self.assertEqual(self.keep(choose, request), "aaaa\n\nbb\n\ncccccc")

    def test_what_joins_where_pieces_meet_is_filled(self):
        """Two blank lines that meet count as one token less than they do apart."""

        class Joining(support.Characters):
            def count(self, text: str) -> int:
                return len(text.replace("..", "."))

        texts = ["ab.", ".cd.", ".efgh"]
        with mock.patch.object(tokens, "scorer", Joining):
            self.assertEqual(pieces.fill(texts, [0, 1, 2], 6), "ab..cd.")
            self.assertEqual(pieces.fill(texts, [0, 1, 2], 8), "ab..cd..ef")
            self.assertEqual(pieces.fill(texts, [2, 0, 1], 99), "ab..cd..efgh")

    def test_sentences_tile_the_text(self):
        text = 'One. "Two!" Three?\nfour 4.5 five\n\n会议在三点。“六点！”end'
        self.assertEqual("".join(pieces.sentences(text)), text)
        self.assertEqual(pieces.sentences(text), ["One. ", '"Two!" ', "Three?\n", "four 4.5 five\n\n", "会议在三点。",
                                                  "“六点！”", "end"])

    def test_a_closing_quotation_mark_belongs_to_its_sentence(self):
        self.assertEqual(pieces.sentences("“Not now.” She left."), ["“Not now.” ", "She left."])

    def test_bm25_by_hand(self):
        """N = 3; 'cat' is in two sentences, once each; lengths 2, 4, 3 make a mean of 3."""
        texts = ["the cat", "the cat saw dogs", "dogs saw birds"]
        rarity = math.log(1 + 1.5 / 2.5)
        expected = [rarity * 2.5 / (1 + 1.5 * (0.25 + 0.75 * length / 3)) for length in (2, 4)] + [0]
        for score, value in zip(plain.bm25_scores(texts, "Which cat?"), expected, strict=True):
            self.assertAlmostEqual(score, value)

    def test_bm25_keeps_what_is_asked_for(self):
        request = Request(("Rents rose. The mayor resigned in June. Nobody moved.",), 30, question="Why did the mayor?")
        self.assertIn("The mayor resigned in June. ", self.keep(plain.bm25, request))


@mock.patch.object(tokens, "scorer", support.Characters)
class Rewrite(unittest.TestCase):
    def test_answers_keep_their_order_and_are_cut(self):
        class Reader:
            def generate(self, prompts, limits):
                for index in reversed(range(len(prompts))):
                    yield index, Generation(f" about {prompts[index].split()[0]} and more", 5, 20)

        requests = [Request((f"text{n} long",), 11, question="q") for n in range(10)]
        with mock.patch.object(rewrite, "reader", lambda name: Reader()):
            found = list(rewrite.Rewrite("rewrite", "test").compress(requests))
        self.assertEqual([one.text for one in found], [f"about text{n}\n\nq" for n in range(10)])
        self.assertEqual([(one.tokens, one.forwarded) for one in found], [(11, 25)] * 10)


@mock.patch.object(tokens, "scorer", support.Characters)
class Embedding(unittest.TestCase):
    def test_each_text_is_embedded_once(self):
        asked = []

        class Worker(mock.MagicMock):
            def ask(self, question):
                asked.append(question["texts"])
                return {"vectors": [[1.0, 0.0] if "cat" in text else [0.0, 1.0] for text in question["texts"]]}

        worker = Worker()
        worker.__enter__.return_value = worker
        with mock.patch.object(rivals, "worker", lambda name: worker):
            requests = [Request(("A dog. A cat. A cow.",), budget, question="cat?") for budget in (9, 13)]
            found = [one.text for one in rivals.Embedding("test", by_sentence=True).compress(requests)]
        self.assertEqual(found, ["A A cat. \n\ncat?", "A dog.A cat. \n\ncat?"])
        self.assertEqual(asked, [[], ["cat?", "A dog. ", "A cat. ", "A cow.\n\n"]])


class Program(unittest.TestCase):
    def test_conversation(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "lingua")
            program.write_text(f"#!{sys.executable}\n{PROGRAM}")
            program.chmod(0o755)
            Path(folder, "model").write_text("weights")
            names = {"LINGUA_PROGRAM": str(program), "LINGUA_MODEL": str(Path(folder, "model"))}
            with mock.patch.dict(os.environ, names), mock.patch.object(tokens, "scorer", support.Characters):
                requests = [Request(("ab cd",), 2, question="q"), Request(("",), 2)]
                good, bad = lingua.Lingua("test", ("--unit", "token")).compress(requests)
        self.assertEqual((good.text, good.tokens, good.seconds, good.forwarded), ("abq", 2, 0.5, 9))
        self.assertEqual(good.kept, (("ab cd\n\n", ((0, 2),)),))
        self.assertIn("input_malformed", bad.error)

    def test_another_scorer_is_an_option(self):
        with mock.patch.dict(os.environ, {"LINGUA_MODEL": "usual.gguf"}):
            self.assertEqual(lingua.Lingua("a").model, Path("usual.gguf"))
            self.assertEqual(lingua.Lingua("b", ("--unit", "token", "--model", "b.gguf")).model, Path("b.gguf"))

    def test_target_counts_what_stays_too(self):
        with mock.patch.object(tokens, "scorer", support.Characters):
            asked = lingua.question(Request(("ab",), 2, instruction="do", question="why?"))
        self.assertEqual(asked["target"], {"tokens": len("do\n\n") + len("why?") + 2})

    def test_an_ended_program_is_named(self):
        with self.assertRaisesRegex(RuntimeError, "exit code 3"), \
                JsonProcess([sys.executable, "-c", "raise SystemExit(3)"]) as process:
            process.ask({"a": 1})

    def test_compressions_survive_json(self):
        one = next(iter([lingua.answer({"text": "a", "seconds": {"total": 1}, "forwarded_tokens": 2, "kept": [
            {"part": 0, "begin": 0, "end": 1}], "parts": [{"role": "context", "original": "ab", "tokens_after": 1}]})]))
        self.assertEqual(one.from_json(json.loads(json.dumps(one.to_json()))), one)


class Registry(unittest.TestCase):
    def test_names(self):
        for name in [*OPTIONS, *(other.name for other in OTHERS), "lingua --ratio 2"]:
            self.assertEqual(system(name).name, name)
        with self.assertRaisesRegex(ValueError, "no system 'magic'"):
            system("magic")


if __name__ == "__main__":
    unittest.main()

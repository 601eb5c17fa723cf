"""The same story in ten languages, and texts that are none: characters and words stay whole, and a note says when the
model does not know the language."""

import base64
import json
import random
import unicodedata
import unittest

from program import ROOT, ProgramTest, needs_model

TEXTS = {path.stem: path.read_text() for path in sorted((ROOT / "tests/data/languages").glob("*.txt"))}
NOTE = "hardly knows the language"


def not_prose() -> dict:
    random.seed(7)
    return {"code": (ROOT / "src/compress/budget/budget.cpp").read_text()[:2000],
            "python": (ROOT / "tests/project/run_snippets.py").read_text()[:2000],
            "numbers": "\n".join(" ".join(f"{random.uniform(-999, 999):.2f}" for _ in range(8)) for _ in range(8)),
            "base64": "\n".join(base64.b64encode(random.randbytes(45)).decode() for _ in range(6)),
            "records": "\n".join(json.dumps({"id": random.randbytes(8).hex(), "ok": True}) for _ in range(10))}


@needs_model
class Languages(ProgramTest):
    results = {}

    def setUp(self):
        super().setUp()
        if not self.results:
            self.results.update(self.compressed({**TEXTS, **not_prose()}))

    def compressed(self, texts: dict, **keys) -> dict:
        lines = "".join(json.dumps({"id": name, "contexts": [text], **keys}) + "\n" for name, text in texts.items())
        done = self.ok("compress", "--input-format", "jsonl", "--rate", "0.5", stdin=lines)
        return {result["id"]: result for result in map(json.loads, done.stdout.decode().splitlines())}

    def test_words_and_characters_stay_whole(self):
        for name, result in self.results.items():
            with self.subTest(name):
                part = result["parts"][0]
                original, kept = part["original"].encode(), result["kept"]
                self.assertEqual(b"".join(original[r["begin"]:r["end"]] for r in kept).decode(), result["text"])
                self.assertLessEqual(result["tokens_after"], result["budget"])
                for r in kept:
                    before, after = (original[:i].decode() for i in (r["begin"], r["end"]))
                    for cut, rest in ((before, original[r["begin"]:].decode()), (after, original[r["end"]:].decode())):
                        if not cut or not rest:
                            continue
                        self.assertFalse(unicodedata.category(rest[0]).startswith("M"), rest[:9])
                        if name in TEXTS and name not in ("chinese", "japanese", "thai"):  # which put no spaces
                            self.assertFalse(cut[-1].isalpha() and rest[0].isalpha(), cut[-9:] + "|" + rest[:9])

    def test_the_note(self):
        def noted(results: dict) -> set:
            return {name for name, result in results.items() if NOTE in " ".join(result["notes"])}

        self.assertEqual(noted(self.results), set(TEXTS) - {"english"})
        few = {name: TEXTS[name] for name in ("english", "german", "chinese")}  # surprisals are not at hand then
        self.assertEqual(noted(self.compressed(few, question="What did the mayor promise?")), {"german", "chinese"})

    def test_shared_words_decide_where_the_language_is_not_known(self):
        for question, answer in ("图书馆有多少本书？", "四万多本"), ("孩子们最喜欢哪里？", "二楼"):
            with self.subTest(question):
                result, = self.compressed({"chinese": TEXTS["chinese"]}, question=question,
                                          target={"ratio": 3}).values()
                self.assertIn(answer, result["text"])


if __name__ == "__main__":
    unittest.main()

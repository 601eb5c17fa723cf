"""JSON documents: any JSON in, the same JSON with shorter strings out."""

import json

from program import ProgramTest, needs_model

LONG = "The bridge was closed in April. A crack runs through the middle pier. Nobody knows when it will be repaired, \"if at all\"."
HITS = ('{"took": 1.50, "big": 123456789012345678901234567890, "hits": [\n  {"id": "doc_8f3a", "body": %s},\n'
        '  {"id": "doc_77b0", "body": %s, "e": 1E5}]}\n' % (json.dumps(LONG), json.dumps(LONG[::-1])))


class BadDocuments(ProgramTest):
    def test_what_is_refused(self):
        name = self.write("d.json", HITS)
        document = ["compress", name, "--input-format", "document"]
        self.fails("input_malformed", *document, "--min-string", "1000", says="no string of 1000 bytes or more")
        self.fails("input_malformed", *document, "--path", "/none", says="where --path looks")
        self.fails("input_malformed", "compress", self.write("bad.json", "{"), "--input-format", "document", says="malformed JSON")
        self.fails("invalid_option", *document, "--path", "hits", says="does not begin with a slash")
        for rate in ("=2", "=", "=x", "=-1"):
            self.fails("invalid_option", *document, "--path", "/hits" + rate, says="is not a number from 0 to 1")
        self.fails("invalid_option", "compress", name, "--path", "/hits", says="add --input-format document")
        self.fails("invalid_option", *document, "--instruction-text", "Do.", says="reads all texts from FILE")
        self.fails("invalid_option", *document, "--context-text", "A.", says="reads all texts from FILE")


@needs_model
class Documents(ProgramTest):
    def compress(self, *words):
        return self.ok("compress", "--input-format", "document", *words, stdin=HITS).stdout.decode()

    def test_only_strings_change(self):
        out = self.compress("--rate", "0.5")
        before, after = json.loads(HITS), json.loads(out)
        for old, new in zip(before["hits"], after["hits"]):
            self.assertEqual(old["id"], new["id"])
            self.assertLess(len(new["body"]), len(old["body"]))
        for hit in before["hits"] + after["hits"]:
            del hit["body"]
        self.assertEqual(before, after)
        for literal in ('"took": 1.50, "big": 123456789012345678901234567890,', '"e": 1E5}]}\n'):
            self.assertIn(literal, out)

    def test_paths_have_rates(self):
        after = json.loads(self.compress("--path", "/hits/0/*=1", "--path", "/**/body=0"))
        self.assertEqual([hit["body"] for hit in after["hits"]], [LONG, ""])

    def test_a_question_is_looked_at_and_no_more(self):
        hits = json.dumps({"a": "The pool has a new heating, and it was not cheap. " * 4, "b": LONG})
        words = ["compress", "--input-format", "document", "--rate", "0.4", "--json"]
        plain = self.json(*words, stdin=hits)
        asked = self.json(*words, "--question-text", "When was the bridge closed?", stdin=hits)
        for key in ("tokens_before", "budget"):
            self.assertEqual(asked[key], plain[key])
        self.assertEqual([part["original"] for part in asked["parts"]], list(json.loads(hits).values()))
        self.assertIn("April", json.loads(asked["document"])["b"])

    def test_json_has_the_document(self):
        result = self.json("compress", "--input-format", "document", "--rate", "0.5", stdin=HITS)
        self.assertEqual(result["document"], self.compress("--rate", "0.5"))
        self.assertEqual([part["original"] for part in result["parts"]], [LONG, LONG[::-1]])


@needs_model
class Explain(ProgramTest):
    def test_the_listing_names_reasons(self):
        done = self.ok("compress", "--explain", "--tokens", "20", "--keep-regex", "crack", "--granularity", "2", stdin=LONG)
        listing = done.stdout.decode()
        self.assertRegex(listing, r"^context: \d+ -> 20 tokens, budget 20\n")
        self.assertRegex(listing, r'  kept    always kept +\d+\.\d\d vs \d+\.\d\d +" crack"\n')
        self.assertRegex(listing, r'  dropped predictable +\d+\.\d\d vs \d+\.\d\d ')

    def test_json_has_units(self):
        result = self.json("compress", "--explain", "--tokens", "20", stdin=LONG)
        for part in result["parts"]:
            kept = "".join(part["original"].encode()[u["begin"]:u["end"]].decode() for u in part["units"] if u["kept"])
            self.assertEqual(kept, part["text"])
        self.assertNotIn("units", self.json("compress", "--tokens", "20", stdin=LONG)["parts"][0])

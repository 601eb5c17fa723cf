"""What must not be lost: classes, patterns, and bytes that the caller names."""

import json

from program import ProgramTest, needs_model

TEXT = ("The parcel was sent on Monday by the night train from the harbour. Its number is ord_8f3a2c91, they say. "
        "The weather was fine, and everybody in the office went home early that day to enjoy the sun.")


@needs_model
class Protection(ProgramTest):
    def test_keep_keeps_a_class_everywhere(self):
        for tokens in (20, 30, 40):
            kept = self.ok("compress", "--keep", "identifiers,names", "--tokens", tokens, stdin=TEXT).stdout.decode()
            self.assertIn(" ord_8f3a2c91", kept)
            self.assertIn(" Monday", kept)

    def test_a_target_too_small_names_the_smallest(self):
        done = self.run_program("compress", "--keep", "identifiers", "--tokens", "2", stdin=TEXT)
        self.assertEqual(done.returncode, 6)
        smallest = done.stderr.decode().split("the smallest possible target is ")[1].split()[0]
        kept = self.ok("compress", "--keep", "identifiers", "--tokens", smallest, stdin=TEXT).stdout.decode()
        self.assertEqual(kept, " ord_8f3a2c91")

    def test_bytes_that_the_caller_names(self):
        begin = TEXT.index("weather")
        prompt = {"instruction": "Read.", "contexts": ["One more.", TEXT],
                  "keep": [{"part": "contexts", "index": 1, "begin": begin, "end": begin + 11}]}
        result = self.json("compress", "--input-format", "json", "--tokens", "16", stdin=json.dumps(prompt))
        self.assertIn(" weather was", result["text"])
        self.assertTrue(result["text"].startswith("Read."))

    def test_spans_that_are_none(self):
        def refused(keep, says):
            prompt = {"contexts": ["four"], "keep": keep}
            self.fails("input_malformed", "compress", "--input-format", "json", stdin=json.dumps(prompt), says=says)
        refused({}, "keep is an object, not an array")
        refused([1], "keep[0] is a number, not an object")
        refused([{"begin": 0}], "keep[0].end is missing")
        refused([{"begin": 0, "end": 5}], "keep[0].end is 5, not a whole number from 0 to 4")
        refused([{"begin": 3, "end": 2}], "keep[0].begin is 3, not a whole number from 0 to 2")
        refused([{"begin": 0, "end": 1, "index": 1}], "keep[0].index is 1, not a whole number from 0 to 0")
        refused([{"begin": 0, "end": 1, "part": "question"}], "which the prompt does not have")
        refused([{"begin": 0, "end": 1, "part": "context"}], 'keep[0].part is "context", none of')
        refused([{"begin": 0, "end": 1, "to": 1}], 'unknown key "to" in keep[0]')

    def test_the_report_says_what_was_protected(self):
        options = self.json("compress", "--protect", "code", "--keep", "names", stdin=TEXT)["options"]["protect"]
        self.assertEqual(options, {"numbers": False, "negations": False, "identifiers": False, "quotations": False,
                                   "code": True, "names": True, "keep": ["names"], "pattern": ""})

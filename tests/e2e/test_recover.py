"""`expand` and `recover`: the way back from a stored result."""

import json

from program import EXAMPLES, ProgramTest, needs_model

RESULT = {"version": 1, "parts": [{"original": "order ord_8f3a2c91 was sent"}],
          "kept": [{"part": 0, "begin": 0, "end": 9}, {"part": 0, "begin": 10, "end": 12}]}


class Recover(ProgramTest):
    """Needs no model: the result says it all."""

    def setUp(self):
        super().setUp()
        self.result = self.write("result.json", json.dumps(RESULT))

    def test_expand_prints_the_original(self):
        self.assertEqual(self.ok("expand", self.result).stdout, b"order ord_8f3a2c91 was sent")
        self.assertEqual(self.ok("expand", stdin=json.dumps(RESULT)).stdout, b"order ord_8f3a2c91 was sent")

    def test_recover_uses_the_original_words(self):
        done = self.ok("recover", self.result, stdin="It is ord 8f.\n")
        self.assertEqual(done.stdout, b"It is ord_8f3a2c91.\n")
        self.assertEqual(done.stderr, b"1 quotation put back into the original's words\n")
        done = self.ok("recover", self.result, "--answer-text", "It is ord 8f.", "--quiet", "-o", "out.txt")
        self.assertEqual((self.folder / "out.txt").read_bytes(), b"It is ord_8f3a2c91.")
        self.assertEqual(done.stdout + done.stderr, b"")

    def test_json_says_what_was_replaced(self):
        document = self.json("recover", self.result, stdin="It is ord 8f.")
        self.assertEqual(document, {"version": 1, "text": "It is ord_8f3a2c91.", "recoveries": [
            {"begin": 6, "end": 12, "said": "ord 8f", "source": {"part": 0, "begin": 6, "end": 18}}]})

    def test_what_is_no_result(self):
        for result, says in [({}, "version is missing"), ({"version": 2}, "has version 2, this lingua reads version 1"),
                             ({**RESULT, "kept": 1}, "kept is a number, not an array"),
                             ({**RESULT, "parts": []}, "the source map is damaged"),
                             ({**RESULT, "parts": [{}]}, "parts[0].original is missing")]:
            self.fails("input_malformed", "expand", self.write("bad.json", json.dumps(result)), says=["'bad.json'", says])
        self.fails("input_malformed", "recover", self.result, stdin=b"\xff", says="is not UTF-8")
        self.fails("input_unreadable", "expand", "none.json", says="none.json")
        self.fails("invalid_option", "recover", says="FILE is required")
        self.fails("invalid_option", "recover", self.result, "--answer", "a", "--answer-text", "b", says="choose one")


@needs_model
class Expand(ProgramTest):
    def test_every_kind_of_input_comes_back(self):
        meeting = EXAMPLES / "meeting.txt"
        result = self.write("result.json", self.ok("compress", meeting, "--ratio", "4", "--json").stdout)
        self.assertEqual(self.ok("expand", result).stdout, meeting.read_bytes())
        chat = json.loads((EXAMPLES / "chat.json").read_text())["messages"]
        texts = [m["content"] for m in chat if isinstance(m["content"], str)]
        done = self.ok("compress", EXAMPLES / "chat.json", "--input-format", "messages", "--json")
        result = self.write("chat.json", done.stdout)
        original = self.ok("expand", result).stdout.decode()
        for text in texts:
            self.assertIn(text, original)

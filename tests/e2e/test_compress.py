"""`lingua compress`: the main job, and the ways to say it."""

import json
import re
import unittest

from program import EXAMPLES, ProgramTest, needs_model

MEETING = EXAMPLES / "meeting.txt"


def joined(result: dict) -> str:
    """The compressed text, made from the source map."""
    originals = [part["original"].encode() for part in result["parts"]]
    return b"".join(originals[r["part"]][r["begin"]:r["end"]] for r in result["kept"]).decode()


@needs_model
class Compress(ProgramTest):
    def test_all_outputs_agree(self):
        """Text, JSON, diff and page, from a file and from standard input, with one thread and two."""
        text = MEETING.read_bytes()
        plain = self.ok("compress", MEETING, "--ratio", "3", "--threads", "1")
        result = self.json("compress", "--ratio", "3", "--threads", "2", "--html", "page.html", stdin=text)
        diff = self.ok("compress", "-", "--ratio", "3", "--diff", stdin=text).stdout.decode()

        self.assertEqual(plain.stdout.decode(), result["text"])
        self.assertEqual(joined(result), result["text"])
        self.assertEqual("".join(part["text"] for part in result["parts"]), result["text"])
        self.assertEqual("".join(part["original"] for part in result["parts"]).encode(), text)
        self.assertEqual(re.sub(r"\[-.*?-\]", "", diff, flags=re.S), result["text"])
        self.assertEqual(re.sub(r"\[-(.*?)-\]", r"\1", diff, flags=re.S).encode(), text)
        before, after, budget = result["tokens_before"], result["tokens_after"], result["budget"]
        self.assertEqual(sum(part["tokens_after"] for part in result["parts"]), after)
        self.assertAlmostEqual(result["ratio"], before / after)
        self.assertEqual(budget, round(before / 3))
        summary = f"{before:,} -> {after:,} tokens ({before / after:.1f}x, budget {budget:,}) in "
        self.assertTrue(plain.stderr.decode().startswith(summary), plain.stderr)
        page = (self.folder / "page.html").read_text()
        self.assertIn(f"{before:,}<i>→</i><b>{after:,}</b>", page)
        self.assertNotRegex(page, r"(src|href)=.?(https?:|//)")
        self.assertNotIn("@import", page)

    def test_json_has_what_is_documented(self):
        document = (EXAMPLES.parent / "docs/json.md").read_text()
        table = document.split("## Results")[1].split("\n## ")[0]
        keys = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line)))
        result = self.json("compress", "--tokens", "5", stdin="One two three four five six seven. Eight nine.")
        self.assertEqual(set(result), keys - {"document", "id", "messages"})
        for key in ["seconds", "model", "options"]:
            line = next(line for line in table.splitlines() if line.startswith(f"| `{key}`"))
            for name in result[key]:
                self.assertIn(f"`{name}`", line)

    def test_target_above_the_length(self):
        text = "Short as it is, it stays.\r\n\r\n"
        for target in [["--ratio", "0.5"], ["--tokens", "1000"]]:
            done = self.ok("compress", *target, stdin=text)
            self.assertEqual(done.stdout.decode(), text)
            self.assertIn("lingua: note: ", done.stderr.decode())

    def test_quiet(self):
        done = self.ok("compress", "-q", "--tokens", "1000", stdin="Text.")
        self.assertEqual((done.stdout, done.stderr), (b"Text.", b""))

    def test_parts(self):
        """Files and texts in their order, separated by blank lines; instruction and question stay."""
        one = self.write("one.txt", "The first document says little.\n")
        done = self.json("compress", "--question-text", "Who?", "--context-text", "A second one comes first.",
                         "--context", one, "--instruction-text", "Answer.", "--rate", "0.7")
        self.assertEqual([(part["role"], part["original"]) for part in done["parts"]],
                         [("instruction", "Answer.\n\n"), ("context", "A second one comes first.\n\n"),
                          ("context", "The first document says little.\n\n"), ("question", "Who?")])
        self.assertTrue(done["text"].startswith("Answer.\n\n") and done["text"].endswith("Who?"))
        glued = self.json("compress", "--separator", "", "--context-text", "a", "--context-text", "b", "--tokens", "9")
        self.assertEqual([part["original"] for part in glued["parts"]], ["a", "b"])

    def test_file_with_question(self):
        """FILE, or standard input, gives the contexts; its pieces run on, only the last one gets a separator."""
        text = "One. Two.\n\nThree."
        for words, pieces in [(["--split", "sentence"], 3), ([], 2), (["--split", "none"], 1)]:
            result = self.json("compress", "--question-text", "Why?", *words, "--tokens", "99", stdin=text)
            self.assertEqual([part["role"] for part in result["parts"]], ["context"] * pieces + ["question"])
            self.assertEqual(result["text"], text + "\n\nWhy?")

    def test_prompt_json(self):
        prompt = json.loads((EXAMPLES / "arithmetic.json").read_text())
        result = self.json("compress", EXAMPLES / "arithmetic.json", "--input-format", "json", "--ratio", "20")
        self.assertEqual(result["parts"][0]["original"], prompt["instruction"])
        self.assertEqual(result["parts"][-1]["original"], prompt["question"])
        self.assertEqual([part["original"].rstrip() for part in result["parts"] if part["role"] == "context"],
                         [context.rstrip() for context in prompt["contexts"]])
        self.assertTrue(result["text"].startswith(prompt["instruction"]))
        self.assertTrue(result["text"].endswith(prompt["question"]))
        self.assertLessEqual(result["tokens_after"], round(result["tokens_before"] / 20))

    def test_keep_regex(self):
        text = MEETING.read_text()
        words = re.findall(r"\b[A-Z]{2,}\b", text)[:50]
        pattern = "|".join(sorted(set(words))) or "the"
        done = self.ok("compress", MEETING, "--ratio", "5", "--keep-regex", pattern)
        for word in set(words):
            self.assertEqual(done.stdout.decode().count(word), text.count(word))

    def test_colours(self):
        words = ["compress", "--diff", "--tokens", "3"]
        text = "One two three four five six."
        self.assertIn(b"\x1b[2;9;31m", self.ok(*words, "--color", "always", stdin=text).stdout)
        self.assertNotIn(b"\x1b", self.ok(*words, stdin=text).stdout)  # a pipe is no terminal

    def test_odd_texts(self):
        """Whatever is UTF-8 goes in, and what comes out is UTF-8 and part of it."""
        for text in ["\ufeffA mark comes first. Then text.", "Zeros\0 in\0 it. And more.", "😀" * 30,
                     "a\r\nb\r\n\r\nc\r\n", "x" * 3000, "不要忘记。会议在三点开始。", "\u202eright to left\u202c, left."]:
            with self.subTest(text[:20]):
                result = self.json("compress", "--tokens", "4", "--html", "page.html", stdin=text)
                self.assertEqual(joined(result), result["text"])
                self.assertLessEqual(result["tokens_after"], 4)


if __name__ == "__main__":
    unittest.main()

"""`lingua compress --input-format jsonl`: many prompts, each answered before the next one is read."""

import json
import subprocess
import unittest

from program import EXIT, PROGRAM, ProgramTest, needs_model

TEXT = "The bridge was closed in March. Nobody knew why. It took two years to open it again, at a cost of 3 million."
BATCH = ["compress", "--input-format", "jsonl"]


def line(**keys) -> str:
    return json.dumps(keys, ensure_ascii=False) + "\n"


@needs_model
class Batch(ProgramTest):
    def answers(self, stdin: str, *words) -> list:
        return [json.loads(text) for text in self.ok(*BATCH, *words, stdin=stdin).stdout.decode().splitlines()]

    def test_every_line_is_a_compression_of_its_own(self):
        prompts = [{"contexts": [TEXT]}, {"contexts": [TEXT, "不要忘记。会议在三点开始。"], "question": "When?"}]
        answers = self.answers("".join(line(**prompt) for prompt in prompts), "--ratio", "2")
        for prompt, answer in zip(prompts, answers, strict=True):
            alone = self.json("compress", "--input-format", "json", "--ratio", "2", stdin=json.dumps(prompt))
            for changing in ["seconds", "forwarded_tokens"]:  # contexts seen before are not scored again
                answer.pop(changing), alone.pop(changing)
            self.assertEqual(answer, alone)

    def test_questions_about_the_same_contexts(self):
        """The contexts are read once; without memory for that, again for each question. The text is the same."""
        stdin = "".join(line(contexts=[4 * TEXT], question=question) for question in ["Why?", "How long?", "When?"])
        reused, anew = self.answers(stdin), self.answers(stdin, "--reuse-memory", "0")
        self.assertEqual([answer["text"] for answer in reused], [answer["text"] for answer in anew])
        self.assertEqual(reused[0]["forwarded_tokens"], anew[0]["forwarded_tokens"])
        contexts = anew[0]["parts"][0]["tokens_before"]
        for again, fresh in zip(reused[1:], anew[1:]):
            self.assertEqual(fresh["forwarded_tokens"] - again["forwarded_tokens"], contexts + 1)  # and the separator

    def test_targets_and_names(self):
        """A line's target goes before that of the command line; blank lines are skipped, the last needs no end."""
        stdin = (line(id="a", contexts=[TEXT], target={"tokens": 9}) + "\n \r\n" +
                 line(id={"n": 2}, contexts=[TEXT], target={"rate": 1}) + line(contexts=[TEXT]).strip())
        first, second, third = self.answers(stdin, "--ratio", "3", "--unit", "token")
        self.assertEqual((first["id"], first["budget"], first["tokens_after"]), ("a", 9, 9))
        self.assertEqual((second["id"], second["text"]), ({"n": 2}, TEXT))
        self.assertEqual(third["budget"], round(third["tokens_before"] / 3))
        self.assertNotIn("id", third)

    def test_a_failure_is_an_answer(self):
        lines = [line(contexts=[TEXT]), "{\n", line(id=1, context=TEXT), line(id=2, contexts=[TEXT], target={"half": 1}),
                 line(question=TEXT, target={"tokens": 1}), line(contexts=[TEXT])]
        done = self.run_program(*BATCH, stdin="".join(lines))
        answers = [json.loads(text) for text in done.stdout.decode().splitlines()]
        self.assertEqual([answer.get("error", {}).get("code") for answer in answers],
                         [None, *["input_malformed"] * 3, "target_unreachable", None])
        self.assertEqual([answer.get("id") for answer in answers], [None, None, 1, 2, None, None])
        self.assertIn('"context"', answers[2]["error"]["message"])
        self.assertEqual(done.returncode, EXIT["input_malformed"])
        self.assertIn("4 of 6 prompts failed, first that of line 2", done.stderr.decode())

    def test_conversation(self):
        """The answer comes while standard input is still open."""
        with subprocess.Popen([PROGRAM, *BATCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            for number in range(3):
                process.stdin.write(line(id=number, contexts=[TEXT]))
                process.stdin.flush()
                self.assertEqual(json.loads(process.stdout.readline())["id"], number)
            process.stdin.close()
            self.assertEqual(process.stderr.read(), "3 prompts compressed\n")

    def test_limits(self):
        self.fails("input_too_large", *BATCH, "--max-bytes", "40", stdin=line(contexts=[TEXT]), says="40")
        self.fails("input_unreadable", *BATCH, "gone.jsonl", says="'gone.jsonl'")
        for words in [["--diff"], ["--html", "page.html"], ["--output", "out.json"], ["--question-text", "Why?"]]:
            with self.subTest(words):
                self.fails("invalid_option", *BATCH, *words, stdin=line(contexts=[TEXT]), says="jsonl")


if __name__ == "__main__":
    unittest.main()

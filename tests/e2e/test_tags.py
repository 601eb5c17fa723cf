"""Text with <llmlingua> tags: sections with rates of their own."""

from program import ProgramTest, needs_model

SENTENCES = "The bridge was closed in April. A crack runs through the middle pier. Nobody knows when it will be repaired. "


class BadTags(ProgramTest):
    def test_errors_name_line_and_column(self):
        name = self.write("bad.txt", "one\n<llmlingua, rate=0.4>never closed")
        self.fails("input_malformed", "compress", name, "--input-format", "tagged",
                   says="'bad.txt': line 2, column 1: <llmlingua> is never closed")
        self.fails("invalid_option", "compress", name, "--input-format", "tagged", "--context-text", "x", says="leave out --context")


@needs_model
class Tags(ProgramTest):
    def test_sections_keep_their_shares(self):
        text = (f"<llmlingua, compress=False>Anna < Bob & co:</llmlingua><llmlingua, rate=0.4> {SENTENCES}</llmlingua>\n"
                f"<llmlingua rate='0'>{SENTENCES}</llmlingua>{SENTENCES}")
        result = self.json("compress", "--input-format", "tagged", "--rate", "0.6", stdin=text)
        verbatim, rated, dropped, rest = result["parts"]
        self.assertEqual(verbatim["text"], "Anna < Bob & co:")
        self.assertEqual(dropped["text"], "")
        for part, rate in [(rated, 0.4), (rest, 0.6)]:
            self.assertLessEqual(part["tokens_after"], rate * part["tokens_before"])
            self.assertGreater(part["tokens_after"], rate * part["tokens_before"] - 8)
        self.assertNotIn("llmlingua", result["text"])
        self.assertEqual(result["tokens_after"], sum(part["tokens_after"] for part in result["parts"]))

    def test_instruction_and_question_beside_it(self):
        result = self.json("compress", "--input-format", "tagged", "--instruction-text", "Read.", "--question-text", "Why?",
                           "--rate", "0.9", stdin=f"<llmlingua, rate=0.5>{SENTENCES}</llmlingua>{SENTENCES}")
        self.assertEqual([part["role"] for part in result["parts"]], ["instruction", "context", "context", "question"])
        self.assertTrue(result["text"].startswith("Read.\n\n"))
        self.assertTrue(result["text"].endswith("Why?"))

    def test_without_tags_it_is_text(self):
        text = SENTENCES + "\n\n" + SENTENCES
        self.assertEqual(self.ok("compress", "--input-format", "tagged", stdin=text).stdout, self.ok("compress", stdin=text).stdout)

    def test_expand_knows_the_text_without_tags(self):
        self.ok("compress", "--input-format", "tagged", "--json", "-o", "r.json", stdin=f"a <llmlingua rate=0.5>{SENTENCES}</llmlingua> b")
        self.assertEqual(self.ok("expand", "r.json").stdout.decode(), f"a {SENTENCES} b")

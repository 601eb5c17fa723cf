"""Markdown and source code: what belongs together stays together."""

from program import EXAMPLES, ROOT, ProgramTest, needs_model


def lines(text: str) -> list:
    return [line for line in text.split("\n") if line.strip()]


@needs_model
class Structure(ProgramTest):
    def kept_lines_of(self, path, rate, *words):
        original = set(lines(path.read_text()))
        kept = lines(self.ok("compress", path, "--rate", rate, *words).stdout.decode())
        self.assertGreater(len(kept), 3)
        return [line for line in kept if line not in original], kept

    def test_lines_of_programs_are_whole(self):
        for path in (ROOT / "src/compress/prompt/selection.cpp", ROOT / "tests/project/check_links.py"):
            for words in ([], ["--preset", "paper"], ["--method", "random"]):
                torn, _ = self.kept_lines_of(path, 0.4, *words)
                self.assertEqual(torn, [])

    def test_tables_and_fences_of_markdown_are_whole(self):
        path = ROOT / "docs/protection.md"
        rows = {line for line in lines(path.read_text()) if line.startswith("|")}
        for rate in (0.3, 0.6):
            _, kept = self.kept_lines_of(path, rate)
            self.assertTrue(all(line in rows for line in kept if line.startswith("|")))
            fences = [line for line in kept if line.startswith("```")]
            self.assertEqual(len(fences) % 2, 0)
            self.assertEqual(sum(line.count("```") for line in kept), len(fences))

    def test_what_auto_found_is_said(self):
        done = self.ok("compress", ROOT / "docs/tags.md", "--rate", "0.5")
        self.assertIn(b"read as markdown", done.stderr)
        done = self.ok("compress", EXAMPLES / "meeting.txt", "--rate", "0.5")
        self.assertNotIn(b"read as", done.stderr)

    def test_prose_by_wish(self):
        text = "x = f(1)\ny = g(2, x)\nz = h(3)\nprint(x, y, z)\n"
        prose = self.ok("compress", "--text", "prose", "--tokens", "12", stdin=text).stdout
        code = self.ok("compress", "--text", "code", "--tokens", "12", stdin=text).stdout
        self.assertTrue(set(lines(code.decode())) <= set(lines(text)))
        self.assertNotEqual(prose, code)

    def test_never_over_and_reported(self):
        result = self.json("compress", ROOT / "src/compress/prompt/selection.cpp", "--tokens", "100")
        self.assertLessEqual(result["tokens_after"], 100)
        self.assertEqual(result["budget"], 100)
        self.assertEqual(result["options"]["text_kind"], "code")

    def test_logs_are_folded_and_come_back(self):
        log = "".join(f"2024-05-01 12:00:{i % 60:02d} INFO worker-{i % 7} order ord_{i * 7919:06x} stored in {i * 13 % 90} ms\n"
                      for i in range(80)) + "~ odd one\n"
        self.write("shop.log", log)
        whole = self.json("compress", "shop.log", "--rate", "1", "--instruction-text", "Read the log.")
        self.assertTrue(whole["text"].startswith("Read the log.\n\nFolded log: "))
        self.assertLess(whole["tokens_after"], whole["tokens_before"])
        for rate in ("1", "0.3"):
            done = self.ok("compress", "shop.log", "--rate", rate, "--instruction-text", "Read the log.", "--json")
            self.assertEqual(self.ok("expand", stdin=done.stdout).stdout.decode(), "Read the log.\n\n" + log)
        result = self.json("compress", "shop.log", "--rate", "0.3")
        self.assertLessEqual(result["tokens_after"], 0.3 * result["tokens_before"])
        legend, _, body = whole["text"].partition("Read the log.\n\n")[2].partition("\n\n")
        self.assertTrue(result["text"].startswith(legend + "\n"))
        kept = result["text"][len(legend):].split()
        self.assertTrue(set(lines(result["text"][len(legend):])) <= set(lines(body)), kept)

"""`lingua score`: tokens tile the text, and all formats say the same."""

import json
import math
import unittest

from program import ProgramTest, needs_model

TEXT = "The quick brown fox\n\tjumps over \\ 😀 the lazy dog."


@needs_model
class Score(ProgramTest):
    def test_formats_agree(self):
        result = json.loads(self.ok("score", "--format", "json", stdin=TEXT).stdout)
        self.assertEqual(result, self.json("score", stdin=TEXT))
        tokens = result["tokens"]
        self.assertEqual([token["begin"] for token in tokens[1:]], [token["end"] for token in tokens[:-1]])
        self.assertEqual((tokens[0]["begin"], tokens[-1]["end"]), (0, len(TEXT.encode())))
        total = sum(token["surprisal"] for token in tokens)
        self.assertAlmostEqual(result["mean_surprisal"], total / len(tokens), places=5)
        self.assertAlmostEqual(result["perplexity"], math.exp(total / len(tokens)), delta=1e-3 * result["perplexity"])
        self.assertAlmostEqual(result["bits_per_byte"], total / math.log(2) / len(TEXT.encode()), places=5)

        rows = self.ok("score", "--format", "tsv", stdin=TEXT).stdout.decode().splitlines()
        self.assertEqual(rows[0].split("\t"), ["id", "begin", "end", "surprisal", "text"])
        self.assertEqual([[int(row.split("\t")[i]) for i in range(3)] for row in rows[1:]],
                         [[token["id"], token["begin"], token["end"]] for token in tokens])
        self.assertIn("\\n", "".join(rows))

        lines = self.ok("score", stdin=TEXT).stdout.decode().splitlines()
        self.assertEqual(len(lines), len(tokens) + 2)
        self.assertIn(f"perplexity {result['perplexity']:.2f}", lines[-1])

    def test_output(self):
        name = self.write("text.txt", TEXT)
        self.assertEqual(self.ok("score", name, "-o", "scores.txt").stdout, b"")
        self.assertTrue((self.folder / "scores.txt").read_text().startswith("byte  surprisal  token\n"))

    def test_limited_instruction_sets(self):
        """LINGUA_ISA: as on another CPU, up to rounding; without bf16 products the default is f32."""
        surprisals = {}
        for isa in ("portable", ""):
            result = json.loads(self.ok("score", "--json", "--compute", "f32", stdin=TEXT, env={"LINGUA_ISA": isa}).stdout)
            surprisals[isa] = [token["surprisal"] for token in result["tokens"]]
        for limited, free in zip(surprisals["portable"], surprisals[""]):
            self.assertAlmostEqual(limited, free, delta=1e-2)
        limited = json.loads(self.ok("score", "--json", stdin=TEXT, env={"LINGUA_ISA": "portable"}).stdout)
        self.assertEqual(limited["model"]["compute"], "f32")
        self.fails("invalid_option", "score", stdin=TEXT, env={"LINGUA_ISA": "sse9"},
                   says=["LINGUA_ISA=sse9", "portable"])


if __name__ == "__main__":
    unittest.main()

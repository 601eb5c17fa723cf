"""Collecting answers: what was answered is asked for once, whatever happens in between."""

import json
import unittest
from collections.abc import Iterator, Sequence

from support import AlignTest

from lingua_align.collecting import collect, instructions
from lingua_align.errors import AlignError, Exit
from lingua_eval.readers.base import Generation


class Shouting:
    """A reader that answers in capitals, last one first, and breaks off after `patience` answers."""

    name = "shouting"

    def __init__(self, patience: int = 99):
        self.patience, self.asked = patience, []

    def generate(self, prompts: Sequence[str], max_tokens: int,
                 stop: Sequence[str]) -> Iterator[tuple[int, Generation]]:
        for index in reversed(range(len(prompts))):
            if not self.patience:
                raise RuntimeError("the server does not answer")
            self.patience -= 1
            self.asked.append(prompts[index])
            yield index, Generation(prompts[index].upper(), 1, 1)


class Collecting(AlignTest):
    def test_goes_on_where_it_stopped(self) -> None:
        output, asked = self.folder / "answers.jsonl", ["a", "b", "c", "d"]
        with self.assertRaises(AlignError) as caught:
            collect(Shouting(patience=2), asked, output, 10)
        self.assertEqual(caught.exception.code, Exit.READER)
        self.assertFalse(output.exists())
        with (self.folder / "answers.jsonl.part").open("a") as part:
            part.write('{"instruction": "b", "ans')  # as if the power had gone
        reader = Shouting()
        collect(reader, asked, output, 10)
        self.assertEqual(reader.asked, ["b", "a"])
        self.assertEqual([json.loads(line) for line in output.read_text().splitlines()],
                         [{"instruction": text, "answer": text.upper(), "reader": "shouting"} for text in asked])
        self.assertEqual([path.name for path in self.folder.iterdir()], ["answers.jsonl"])

    def test_instructions(self) -> None:
        path = self.write("asked.jsonl", '{"instruction": "a", "input": "b"}\n{"instruction": "c"}\n'
                                         '{"instruction": "c"}\n{"conversations": [{"from": "human", "value": "d"}]}\n')
        self.assertEqual(instructions([path], None), ["a\n\nb", "c", "d"])
        self.assertEqual(instructions([path], 2), ["a\n\nb", "c"])
        with self.assertRaisesRegex(AlignError, "asked.jsonl:1: expected an object"):
            instructions([self.write("asked.jsonl", "3\n")], None)


if __name__ == "__main__":
    unittest.main()

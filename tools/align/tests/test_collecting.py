"""Collecting answers: what was answered is asked for once, whatever happens in between."""

import json
import unittest
from collections.abc import Iterator, Sequence

from support import AlignTest

from lingua_align.collecting import collect, instructions
from lingua_align.errors import AlignError, Exit
from lingua_align.examples import split
from lingua_align.pairs import ANSWERING, ASKING, Dialogue, Turn
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

    def test_a_run_that_ends_before_its_first_answer_loses_none(self) -> None:
        output, part = self.folder / "answers.jsonl", self.folder / "answers.jsonl.part"
        with self.assertRaises(AlignError):
            collect(Shouting(patience=2), ["a", "b", "c"], output, 10)
        before, reader = part.read_text(), Shouting()
        reader.generate = lambda *_: self.assertEqual(part.read_text(), before) or iter(())  # could end the program
        collect(reader, ["c", "b"], output, 10)

    def test_another_readers_answers_are_not_this_ones(self) -> None:
        output, other = self.folder / "answers.jsonl", Shouting(patience=1)
        other.name = "other"
        with self.assertRaises(AlignError):
            collect(other, ["a", "b"], output, 10)
        collect(reader := Shouting(), ["a", "b"], output, 10)
        self.assertEqual(reader.asked, ["b", "a"])
        self.assertNotIn("other", output.read_text())

    def test_instructions(self) -> None:
        path = self.write("asked.jsonl", '{"instruction": "a", "input": "b"}\n{"instruction": "c"}\n'
                                         '{"instruction": "c"}\n{"conversations": [{"from": "human", "value": "d"}]}\n')
        self.assertEqual(instructions([path], None, 0), ["a\n\nb", "c", "d"])
        with self.assertRaisesRegex(AlignError, "asked.jsonl:1: expected an object"):
            instructions([self.write("asked.jsonl", "3\n")], None, 0)

    def test_some_instructions_are_those_that_are_held_out_of_all(self) -> None:
        """So that what is held out of one reader's few answers is not learnt from another's many."""
        numbers = [str(number) for number in range(40)]
        path = self.write("asked.jsonl", "".join(f'{{"instruction": " {text}\\n"}}\n' for text in numbers))
        dialogues = [Dialogue((Turn(ASKING, text), Turn(ANSWERING, "yes"))) for text in numbers]
        for seed in (0, 1):
            held = {one.turns[0].text for one in split(dialogues, 12, seed, None)[1]}
            self.assertEqual(instructions([path], 12, seed), [text for text in numbers if text in held])


if __name__ == "__main__":
    unittest.main()

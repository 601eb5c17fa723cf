"""Reading pairs: every shape, and what is wrong in a file is said with its place."""

import json
import unittest

from support import AlignTest

from lingua_align import pairs
from lingua_align.errors import AlignError, Exit


class Shapes(AlignTest):
    def texts(self, *records: object) -> list[list[tuple[str, bool]]]:
        path = self.write("pairs.json", json.dumps(records))
        return [[piece for piece in one.pieces() if piece[0]] for one in pairs.read([path])[0]]

    def test_alpaca(self) -> None:
        self.assertEqual(self.texts({"instruction": " Add. ", "input": "1 and 2", "output": "3"},
                                    {"instruction": "Hello?", "output": "Hi.", "generator": "gpt-4"}),
                         [[("Add. \n\n1 and 2", False), ("\n\n", False), ("3", True)],
                          [("Hello?", False), ("\n\n", False), ("Hi.", True)]])

    def test_conversations_teach_every_answer_and_end_with_one(self) -> None:
        expected = [("User: ", False), ("Hi", False), ("\n\nAssistant: ", False), ("Hello", True),
                    ("\n\nUser: ", False), ("Bye", False), ("\n\nAssistant: ", False), ("See you", True)]
        spoken = [("human", "Hi"), ("gpt", "Hello"), ("human", "Bye"), ("gpt", "See you"), ("human", "Wait")]
        share = {"conversations": [{"from": role, "value": text} for role, text in spoken]}
        names = {"human": "user", "gpt": "assistant"}
        chat = {"messages": [{"role": names[role], "content": text} for role, text in spoken]}
        self.assertEqual(self.texts(share, chat), [expected, expected])

    def test_lines_and_arrays_are_the_same(self) -> None:
        records = [{"instruction": str(number), "answer": "a"} for number in range(3)]
        lines = self.write("lines.jsonl", "\n".join(map(json.dumps, records)) + "\n\n")
        array = self.write("array.json", "\n " + json.dumps(records, indent=1))
        self.assertEqual(pairs.read([lines]), pairs.read([array]))

    def test_empty_answers_are_counted_not_learnt(self) -> None:
        path = self.write("pairs.jsonl", '{"instruction": "a", "output": " "}\n{"instruction": "b", "output": "c"}\n')
        dialogues, empty = pairs.read([path])
        self.assertEqual((len(dialogues), empty), (1, 1))


class Errors(AlignTest):
    def says(self, code: Exit, words: str, content: str) -> None:
        with self.assertRaises(AlignError) as caught:
            pairs.read([self.write("bad.jsonl", content)])
        self.assertEqual(caught.exception.code, code)
        self.assertIn(words, str(caught.exception))

    def test_places(self) -> None:
        good = '{"instruction": "a", "output": "b"}'
        self.says(Exit.INPUT_MALFORMED, "bad.jsonl:2: not JSON", f"{good}\n{{\n")
        self.says(Exit.INPUT_MALFORMED, "bad.jsonl:3: expected an object", f"{good}\n\n[1]\n")
        self.says(Exit.INPUT_MALFORMED, "entry 2: expected an object", f'[{good}, {{"prompt": "x"}}]')
        self.says(Exit.INPUT_MALFORMED, '"robot"', '{"conversations": [{"from": "robot", "value": "x"}]}')
        self.says(Exit.INPUT_MALFORMED, "found 7", '{"messages": 7}')

    def test_nothing(self) -> None:
        self.says(Exit.INPUT_MALFORMED, "no pair", "")
        self.says(Exit.INPUT_MALFORMED, "1 have an empty one", '{"instruction": "a", "output": ""}')

    def test_files(self) -> None:
        with self.assertRaises(AlignError) as caught:
            pairs.read([self.folder / "nowhere.jsonl"])
        self.assertEqual(caught.exception.code, Exit.INPUT_UNREADABLE)
        (self.folder / "latin.jsonl").write_bytes(b'{"instruction": "\xe9"}')
        with self.assertRaisesRegex(AlignError, "not UTF-8: byte 17"):
            pairs.read([self.folder / "latin.jsonl"])


if __name__ == "__main__":
    unittest.main()

"""From dialogues to what is learnt: which tokens count, what is held out, what goes through the model at once."""

import unittest

import support  # noqa: F401
from support import needs_packages

from lingua_align.errors import AlignError
from lingua_align.examples import Example, encode, micro_batches, split
from lingua_align.pairs import Dialogue, Turn


def dialogue(asked: str, answer: str) -> Dialogue:
    return Dialogue((Turn("User", asked), Turn("Assistant", answer)))


@needs_packages
class Encoding(unittest.TestCase):
    def setUp(self) -> None:
        from lingua_align.vocabulary import Vocabulary

        letters = ["a", "b", "U", "s", "e", "r", "A", "i", "t", "n", ":", "Ġ", "Ċ"]
        self.tokens = [*letters, "<|endoftext|>", "Ġa"]
        self.vocabulary = Vocabulary({"model": "gpt2", "pre": "gpt-2", "tokens": self.tokens, "merges": ["Ġ a"]})

    def shown(self, dialogue: Dialogue, length: int = 99) -> list[tuple[str, bool]]:
        example = encode(dialogue, self.vocabulary, length)
        return [(self.tokens[token], learnt) for token, learnt in zip(example.ids, example.learnt, strict=True)]

    def test_only_the_answer_is_learnt(self) -> None:
        lead = [("<|endoftext|>", False), ("a", False), ("Ċ", False), ("Ċ", False)]
        self.assertEqual(self.shown(dialogue("a", "b a")), [*lead, ("b", True), ("Ġa", True)])
        self.assertEqual(self.shown(dialogue("a", "b a"), 5), [*lead, ("b", True)])

    def test_a_token_that_reaches_into_an_answer_belongs_to_it(self) -> None:
        """The space before an answer in a conversation is one with its first letter."""
        turns = [Turn("User", "b"), Turn("Assistant", "a"), Turn("User", "b"), Turn("Assistant", "a")]
        shown = self.shown(Dialogue(tuple(turns)))
        self.assertEqual([token for token, learnt in shown if learnt], ["Ġa", "Ġa"])
        self.assertEqual(shown[-1], ("Ġa", True))


class Splitting(unittest.TestCase):
    def test_all_answers_to_an_instruction_are_held_out_or_none(self) -> None:
        dialogues = [dialogue(str(asked), answer) for asked in range(20) for answer in ("a", "b")]
        learnt, held = split(dialogues, 5, 0, None)
        self.assertEqual((len(learnt), len(held)), (30, 10))
        self.assertFalse({one.key for one in learnt} & {one.key for one in held})
        self.assertEqual(set(split(reversed(dialogues), 5, 0, None)[1]), set(held))
        self.assertEqual(split(dialogues, 5, 0, 4)[0], learnt[:4])
        self.assertNotEqual(split(dialogues, 5, 1, None)[1], held)

    def test_what_a_system_prompt_shares_is_no_reason(self) -> None:
        dialogues = [Dialogue((Turn("System", "Be brief."), *dialogue(str(asked), "a").turns)) for asked in range(3)]
        self.assertEqual(list(map(len, split(dialogues, 1, 0, None))), [2, 1])

    def test_too_few(self) -> None:
        with self.assertRaisesRegex(AlignError, "1 different instructions, of which 1 are to be held out"):
            split([dialogue("a", "b"), dialogue("a", "c")], 1, 0, None)


class MicroBatches(unittest.TestCase):
    def test_padding_counts(self) -> None:
        examples = [Example((0,) * size, (True,) * size) for size in (3, 9, 4, 4, 30)]
        self.assertEqual([[len(one.ids) for one in batch] for batch in micro_batches(examples, 12)],
                         [[3, 4, 4], [9], [30]])


if __name__ == "__main__":
    unittest.main()

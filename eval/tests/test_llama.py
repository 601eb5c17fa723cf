"""Local readers: shared beginnings and batches change nothing. Needs llama-cpp-python and the default model."""

import unittest
from functools import cache

import support

from lingua_eval import places
from lingua_eval.readers.base import Limits

PROMPTS = ["The capital of France is", "Q: 1+1?\nA: 2\n\nQ: 2+2?\nA:", "Q: 1+1?\nA: 2\n\nQ: 3+3?\nA:",
           "Q: 1+1?\nA: 2\n\nQ: 3+5?\nA:", "Once upon a time", "Once upon a time"]


@cache
def reader(chat: bool = False):
    from lingua_eval.readers.llama import LlamaReader

    return LlamaReader("test", places.model("smollm2"), chat, parallel=3)


@support.needs("llama_cpp", "numpy")
@unittest.skipUnless(places.model("smollm2").is_file(), "the default model is missing; scripts/setup gets it")
class Llama(unittest.TestCase):
    def test_likelihoods_do_not_depend_on_neighbours(self):
        jobs = [(prompt, answer) for prompt in PROMPTS[:4] for answer in (" Paris.", " 4\n")]
        together = [result for _, result in sorted(reader().likelihoods(jobs), key=lambda pair: pair[0])]
        for job, result in zip(jobs, together, strict=True):
            alone = next(iter(reader().likelihoods([job])))[1]
            self.assertEqual((result.tokens, result.prompt_tokens), (alone.tokens, alone.prompt_tokens))
            self.assertAlmostEqual(result.nll, alone.nll, delta=0.05)
        self.assertLess(together[0].per_token, 1)
        self.assertGreater(together[1].per_token, 3)

    def test_likelihood_is_that_of_llama_cpp_itself(self):
        """Against the bindings' own way: logits of every position, through other functions."""
        import numpy as np
        from llama_cpp import Llama

        own = Llama(str(places.model("smollm2")), n_ctx=256, logits_all=True, verbose=False)
        prompt, answer = PROMPTS[1], " 4\n\nQ: 5+5?"
        ids, more = (own.tokenize(text.encode(), add_bos=False) for text in (prompt, answer))
        own.eval(ids + more)
        logits = own.scores[len(ids) - 1:len(ids) + len(more) - 1].astype(np.float64)
        expected = sum(np.log(np.exp(row - row.max()).sum()) + row.max() - row[token]
                       for row, token in zip(logits, more, strict=True))
        found = next(iter(reader().likelihoods([(prompt, answer)])))[1]
        self.assertEqual(found.tokens, len(more))
        self.assertAlmostEqual(found.nll, expected, delta=0.06 * len(more))  # 8-bit activations

    def test_batched_answers_are_those_given_alone(self):
        """Where the model is sure of itself: rounding depends on the batch, and decides between near ties."""
        together = dict(reader().generate(PROMPTS, Limits(3, ("\n\n",))))
        self.assertEqual(sorted(together), list(range(len(PROMPTS))))
        for index, prompt in enumerate(PROMPTS[:4]):
            self.assertEqual(together[index], next(iter(reader().generate([prompt], Limits(3, ("\n\n",)))))[1])
        self.assertIn("Paris", together[0].text)
        self.assertNotIn("\n\n", together[1].text)

    def test_an_answer_ends_where_it_is_enough(self):
        whole = next(iter(reader().generate(PROMPTS[:1], Limits(12))))[1]
        short = next(iter(reader().generate(PROMPTS[:1], Limits(12, enough=lambda text: "Paris" in text))))[1]
        self.assertTrue(short.text.endswith("Paris") and whole.text.startswith(short.text), (short.text, whole.text))
        self.assertLess(short.tokens, whole.tokens)

    def test_too_long(self):
        with self.assertRaisesRegex(ValueError, "more than 16384"):
            list(reader().likelihoods([("word " * 17000, "x")]))

    def test_chat_template(self):
        answer = next(iter(reader(chat=True).generate(["What is 2+3? Answer with the number."], Limits(12))))[1]
        self.assertIn("5", answer.text)
        self.assertGreater(answer.prompt_tokens, 20)


if __name__ == "__main__":
    unittest.main()

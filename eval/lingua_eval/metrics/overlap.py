"""How close one text is to another: BLEU, ROUGE, and F1 over words (characters, where there are no spaces)."""

import re
from collections import Counter
from functools import cache

WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
ARTICLES = {"a", "an", "the"}


def similarity(text: str, reference: str) -> dict[str, float]:
    """BLEU and ROUGE-1/2/L F-measures, in per cent; of the reader's text against the one it gave to the full prompt."""
    import sacrebleu

    bleu = sacrebleu.sentence_bleu(text, [reference], use_effective_order=True).score
    scores = _rouge().score(reference, text)
    return {"bleu": bleu, **{name: 100 * score.fmeasure for name, score in scores.items()}}


@cache
def _rouge():
    from rouge_score import rouge_scorer

    return rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=_Words())


class _Words:
    """rouge-score's own tokenizer, which stems in the same way, loses all that is not Latin."""

    def __init__(self) -> None:
        from nltk.stem.porter import PorterStemmer

        self.stemmer = PorterStemmer()

    def tokenize(self, text: str) -> list[str]:
        return [self.stemmer.stem(word) if len(word) > 3 else word for word in words(text)]


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def f1(text: str, answers: tuple[str, ...]) -> float:
    """The best F1 over the gold answers, in per cent, as in SQuAD: without articles and punctuation."""
    return max(100 * _f1(words(text), words(answer)) for answer in answers)


def _f1(one: list[str], other: list[str]) -> float:
    ours, gold = (Counter(word for word in some if word not in ARTICLES) for some in (one, other))
    common = (ours & gold).total()
    return 2 * common / (ours.total() + gold.total()) if common else 0.0

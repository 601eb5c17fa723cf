"""The systems by name."""

import shlex

from . import plain
from .base import System
from .lingua import Lingua
from .plain import Plain
from .rewrite import Rewrite
from .rivals import Embedding, Microsoft

UNPROTECTED = "--protect none"
OPTIONS = {
    "lingua": "",  # the default
    "paper": "--preset paper",
    "reference": "--preset reference",
    # What the paper's Table 3 takes away, one at a time.
    "no-itpc": "--preset paper --method single-pass",
    "no-budget-controller": "--preset paper --granularity inf --no-dynamic-rates",
    "no-dynamic-rates": "--preset paper --no-dynamic-rates",
    "no-selection": "--preset paper --rank-by recency",  # the last contexts in place of the most surprising
    "off-by-one": "--preset paper --decision reference --instruction-rate 1 --question-rate 1",  # as the original decides
    "words": "--preset paper --unit word",
    "no-protection": UNPROTECTED,
    "surprisal": "--rank-by surprisal",
    "granularity-2": "--granularity 2",
    "itpc": "--granularity inf",
    # With the question: LongLLMLingua, what is taken away from it, one at a time, and its ranking with whole sentences.
    "longllmlingua": "--preset longllmlingua",
    "no-question-rank": "--preset longllmlingua --rank-by surprisal",
    "no-restriction": "--preset longllmlingua --restriction ''",
    "no-rate-spread": "--preset longllmlingua --rate-spread 0",
    "no-contrast": "--preset longllmlingua --no-contrast",
    "no-reorder": "--preset longllmlingua --no-reorder",
    "question": "--rank-by question",
    # Baselines that share the pipeline.
    "selective-context-token": f"--method selective-context --unit token {UNPROTECTED}",
    "selective-context-word": f"--method selective-context --unit word {UNPROTECTED}",
    "selective-context-sentence": f"--method selective-context --unit sentence {UNPROTECTED}",
    "sentences": f"--method sentence {UNPROTECTED}",
    "random-sentences": f"--method random --unit sentence {UNPROTECTED}",
    "random-words": f"--method random --unit word {UNPROTECTED}",
    "random-tokens": f"--method random --unit token {UNPROTECTED}",
    "head": f"--method head --unit token {UNPROTECTED}",
    "tail": f"--method tail --unit token {UNPROTECTED}",
}
OTHERS: tuple[System, ...] = (
    Plain("middle", plain.middle), Plain("whole", plain.whole), Plain("shortest", plain.shortest),
    Plain("bm25", plain.bm25), Plain("bm25-contexts", plain.bm25_contexts),
    Embedding("embedding", by_sentence=True), Embedding("embedding-contexts", by_sentence=False),
    Microsoft("microsoft", adjusted=True), Microsoft("microsoft-as-given", adjusted=False),
    Rewrite("rewrite", "qwen-chat"),
)


def system(name: str) -> System:
    """By its name, or `lingua OPTIONS` for any options of the program."""
    if name.startswith("lingua "):
        return Lingua(name, tuple(shlex.split(name)[1:]))
    if name in OPTIONS:
        return Lingua(name, tuple(shlex.split(OPTIONS[name])))
    for other in OTHERS:
        if other.name == name:
            return other
    known = ", ".join([*OPTIONS, *(other.name for other in OTHERS)])
    raise ValueError(f"there is no system '{name}'; there are {known}, and 'lingua OPTIONS'")

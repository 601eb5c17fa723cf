"""The experiments behind docs/quality.md."""

from .experiment import Experiment, Measure, Target

# What a method has to beat.
SIMPLE = ("head", "tail", "middle", "sentences", "random-sentences", "random-words", "random-tokens")
WITH_QUESTION = ("bm25", "embedding")
OF_DOCUMENTS = ("bm25-contexts", "embedding-contexts")
SELECTIVE = ("selective-context-token", "selective-context-word", "selective-context-sentence")
OURS = ("lingua", "paper", "reference")
ABLATIONS = ("paper", "no-itpc", "no-budget-controller", "no-dynamic-rates", "no-selection", "off-by-one", "words",
             "random-tokens")
OUR_ABLATIONS = ("lingua", "surprisal", "itpc", "granularity-2", "no-protection")


def targets(text: str) -> tuple[Target, ...]:
    return tuple(map(Target.parse, text.split()))


EXPERIMENTS = (
    Experiment(
        "conversations", "Conversations: retained benefit", ("sharegpt",),
        (*OURS, *SIMPLE, *SELECTIVE, *WITH_QUESTION, "microsoft", "microsoft-as-given"),
        targets("2x 3x 5x"), ("smollm2", "gemma", "qwen"), Measure.LIKELIHOOD, count=100, quick=8,
        quick_systems=(*OURS, *SIMPLE, *SELECTIVE, *WITH_QUESTION, "microsoft"),
        quick_readers=("smollm2",), quick_targets=targets("3x")),
    Experiment(
        "documents", "Questions about documents: retained benefit", ("scientific_qa", "meetings", "multifieldqa_zh"),
        (*OURS, *SIMPLE, *SELECTIVE, *WITH_QUESTION, "microsoft", "microsoft-as-given"),
        targets("2x 3x 5x"), ("smollm2", "gemma", "qwen"), Measure.LIKELIHOOD, count=100, quick=6,
        quick_systems=("lingua", "head", "tail", "sentences", "random-sentences", *WITH_QUESTION),
        quick_readers=("smollm2",), quick_targets=targets("3x")),
    Experiment(
        "summaries", "Summaries: retained benefit", ("multi_news", "papers", "reports"),
        (*OURS, *SIMPLE, *SELECTIVE, "microsoft"), targets("2x 3x 5x"), ("smollm2", "gemma", "qwen"),
        Measure.LIKELIHOOD, count=60),
    Experiment(
        "few-shot", "Worked examples: retained benefit", ("gsm8k", "bbh"),
        (*OURS, *SIMPLE, *SELECTIVE, "whole", "shortest", "microsoft"), targets("3x 5x 10x 14x 20x"),
        ("gemma", "smollm2", "qwen"), Measure.LIKELIHOOD, count=210, quick=21, quick_readers=("smollm2",),
        quick_targets=targets("10x")),
    Experiment(
        "multidoc", "One document among twenty, by its position: retained benefit", ("multidoc",),
        ("lingua", "paper", "tail", "sentences", *WITH_QUESTION, *OF_DOCUMENTS, "microsoft"),
        targets("4x"), ("smollm2", "gemma", "qwen"), Measure.LIKELIHOOD, count=150),
    Experiment(
        "multidoc-answers", "One document among twenty, by its position: F1 of the reader's answer", ("multidoc",),
        ("lingua", *WITH_QUESTION, *OF_DOCUMENTS, "microsoft"), targets("4x"),
        ("qwen-chat",), Measure.GOLD, count=100, max_tokens=80),
    Experiment(
        "gsm8k", "GSM8K: exact match (the paper's Table 2)", ("gsm8k",),
        ("lingua", "paper", "reference", "sentences", "whole", "selective-context-word", "microsoft"),
        targets("5x 14x 20x"), ("qwen",), Measure.EXACT, count=200, max_tokens=400, stop=("\nQuestion:", " Question:")),
    Experiment(
        "bbh", "BBH: exact match (the paper's Table 2)", ("bbh",),
        ("lingua", "paper", "reference", "sentences", "whole", "selective-context-word", "microsoft"),
        targets("3x 5x 7x"), ("qwen",), Measure.EXACT, count=420, max_tokens=300, stop=("\nQ:", " Q:")),
    Experiment(
        "sharegpt-similarity", "ShareGPT: similarity to the answer to the full prompt (the paper's Table 1)",
        ("sharegpt",), ("lingua", "paper", "reference", "tail", "sentences", "random-sentences",
                        "selective-context-word", "microsoft", "rewrite"),
        targets("2x 3x"), ("qwen-chat",), Measure.SIMILARITY, count=100, max_tokens=200),
    Experiment(
        "papers-similarity", "Papers: similarity to the answer to the full prompt (the paper's Table 1)", ("papers",),
        ("lingua", "paper", "reference", "head", "sentences", "random-sentences", "selective-context-word",
         "microsoft", "rewrite"),
        targets("350t 175t"), ("qwen-chat",), Measure.SIMILARITY, count=46, half=None, max_tokens=250),
    Experiment(
        "answers", "Questions about documents: F1 and ROUGE of the reader's answer", ("scientific_qa", "meetings"),
        ("lingua", "paper", "sentences", "bm25", "embedding", "microsoft"), targets("3x"), ("qwen-chat",),
        Measure.GOLD, count=60, max_tokens=120),
    Experiment(
        "ablation", "What each part brings (the paper's Table 3)", ("sharegpt", "scientific_qa", "gsm8k"),
        (*ABLATIONS, *OUR_ABLATIONS), targets("3x"), ("smollm2", "qwen"), Measure.LIKELIHOOD, count=60),
    Experiment(
        "ratios", "Quality against ratio (the paper's Figure 3)", ("sharegpt", "scientific_qa", "gsm8k"),
        ("lingua", "paper", "sentences", "random-words", "tail", "microsoft"),
        targets("2x 3x 5x 7x 10x 14x 20x 30x"), ("smollm2", "gemma"), Measure.LIKELIHOOD, count=60),
)


def experiment(name: str) -> Experiment:
    for one in EXPERIMENTS:
        if one.name == name:
            return one
    raise ValueError(f"there is no experiment '{name}'; there are {', '.join(one.name for one in EXPERIMENTS)}")

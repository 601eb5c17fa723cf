"""The tokenizer that a GGUF file describes: the same ids as `lingua` reads, made from the same keys."""

from collections.abc import Iterator
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

from .errors import AlignError, Exit

NORMAL, CONTROL, USER_DEFINED, UNUSED = 1, 3, 4, 5  # tokenizer.ggml.token_type
END_OF_TEXT = "<|endoftext|>"
QWEN2 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
         r"|\s+(?!\S)|\s+")
RULES = {  # of src/model/pretokenizer.hpp
    "gpt2": ("gpt-2", "phi-2"), "smollm": ("smollm", "starcoder", "refact"),
    "qwen2": ("qwen2", "megrez", "deepseek-r1-qwen"), "llama3": ("llama-bpe", "llama3", "llama-v3", "falcon3"),
}


class Vocabulary:
    """`keys`: those of a GGUF file that start with "tokenizer.ggml.", without it."""

    def __init__(self, keys: dict[str, Any]):
        self.tokens: list[str] = keys["tokens"]
        self.kinds: list[int] = keys.get("token_type") or [NORMAL] * len(self.tokens)
        kind = keys.get("model")
        if kind == "gpt2":
            self.tokenizer = byte_level(keys["merges"], self.tokens, rule(keys.get("pre", "")))
        elif kind == "llama":
            self.tokenizer = sentencepiece(keys, self.tokens, self.kinds)
        else:
            raise AlignError(Exit.MODEL_UNSUPPORTED, f"tokenizer.ggml.model is '{kind}'; expected gpt2 or llama")
        literals = [token for token, kind in zip(self.tokens, self.kinds, strict=True) if kind == USER_DEFINED]
        self.tokenizer.add_tokens([AddedToken(token, normalized=False) for token in literals])
        self.separator = separator(keys)

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids, and the characters of the text that each stands for. The separator is not among them."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, encoding.offsets


def separator(keys: dict[str, Any]) -> int:
    """The token that stands before a text: as separator_of in src/model/tokenizer_vocabulary.cpp."""
    if END_OF_TEXT in keys["tokens"]:
        return keys["tokens"].index(END_OF_TEXT)
    for name in ("bos_token_id", "eos_token_id"):
        if name in keys:
            return keys[name]
    raise AlignError(Exit.MODEL_INVALID, f"the tokenizer has neither bos_token_id nor eos_token_id nor {END_OF_TEXT}")


def rule(name: str) -> str:
    for found, names in RULES.items():
        if name in names:
            return found
    known = ", ".join(name for names in RULES.values() for name in names)
    raise AlignError(Exit.MODEL_UNSUPPORTED, f"tokenizer.ggml.pre is '{name}'; lingua knows {known}")


def byte_level(merges: list[str], tokens: list[str], rule: str) -> Tokenizer:
    def parts(merge: str) -> tuple[str, str]:
        space = merge.index(" ", 1)
        return merge[:space], merge[space + 1:]

    tokenizer = Tokenizer(models.BPE(ids(tokens), [parts(merge) for merge in merges], ignore_merges=rule == "llama3"))
    steps: list[Any] = [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=rule in ("gpt2", "smollm"))]
    if rule == "smollm":
        steps.insert(0, pre_tokenizers.Digits(individual_digits=True))
    elif rule != "gpt2":
        pattern = QWEN2 if rule == "qwen2" else QWEN2.replace(r"\p{N}|", r"\p{N}{1,3}|")
        steps.insert(0, pre_tokenizers.Split(Regex(pattern), "isolated"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    return tokenizer


def sentencepiece(keys: dict[str, Any], tokens: list[str], kinds: list[int]) -> Tokenizer:
    """SentencePiece merges whatever gives the piece with the highest score: every way to make a piece is a merge."""
    pieces = {token for token, kind in zip(tokens, kinds, strict=True) if kind in (NORMAL, UNUSED)}

    def merges() -> Iterator[tuple[str, str]]:
        for score, token in sorted(zip(keys["scores"], tokens, strict=True), key=lambda one: -one[0]):
            if token in pieces:
                yield from ((token[:cut], token[cut:]) for cut in range(1, len(token))
                            if token[:cut] in pieces and token[cut:] in pieces)

    unknown = tokens[keys["unknown_token_id"]] if "unknown_token_id" in keys else None
    tokenizer = Tokenizer(models.BPE(ids(tokens), list(merges()), unk_token=unknown, byte_fallback=True))
    spaces: list[Any] = [normalizers.Replace(" ", "\u2581")]
    if keys.get("add_space_prefix", True):
        spaces.insert(0, normalizers.Prepend("\u2581"))
    tokenizer.normalizer = normalizers.Sequence(spaces)
    return tokenizer


def ids(tokens: list[str]) -> dict[str, int]:
    return {token: number for number, token in enumerate(tokens)}

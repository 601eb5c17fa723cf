#!/usr/bin/env python3
"""Makes tests/data/golden/tokenizer.json: what llama.cpp makes of texts, for tokenizer_golden.hpp to compare with.

    tokenizer_golden.py [MODELS [DATA]]     folder of the GGUF files; folder of texts (default: ../shared/data)

Token ids of llama-cpp-python 0.3.36 (libllama 0.5.0) with add_special and parse_special false: a few readable examples,
and hashes for 10,000 random strings, every assigned code point, and every text below DATA. The pre-tokenizers of models
that are not at hand run on the vocabulary of SmolLM2, with tokenizer.ggml.pre replaced.
"""

import ctypes
import json
import os
import re
import sys
from pathlib import Path

import llama_cpp
from llama_cpp import llama_cpp as llama

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "tests" / "data" / "golden" / "tokenizer.json"

SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf"
VOCABULARIES = {
    "smollm": SMOLLM2,
    "gpt-2": SMOLLM2,
    "llama-bpe": SMOLLM2,
    "qwen2": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    "gemma": "gemma-3-270m-q4_k_m.gguf",
}

EXAMPLES = [
    "Hello, world!", "I'm sure they'LL say it's 2,024.50 €", "don't can''t 'S 's3", "  two  spaces \n\n\n  and\tlines\r\n",
    "naïve café Ünïcödé", "全国美国文学研究会的第十八届年会", "日本語のテキスト、カタカナ", "안녕하세요 세계", "مرحبا بالعالم ١٢٣",
    "नमस्ते दुनिया", "👩‍👩‍👧‍👦 🇨🇭 ½ Ⅷ", "<|im_start|>user\nhi<|im_end|><|endoftext|>", "<bos></s><b>x</b><tool_call>",
    "def f(x):\n    return x**2  # 3\n", "a\u00a0b\u2028c\u3000d\u0085e", "▁one ▁two", "\u0000\u0004\u001d~",
]

# What random strings are made of, besides random code points.
PIECES = [
    " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "'s", "'S", "'ll", "'LL", "'re", "'", "1", "23", "4567", "x", "Hello",
    " world", "don't", "...", "!?", "</s>", "<tool_call>", "<|im_end|>", "<b>", "</b>", "<eos>", "[multimodal]", "▁",
    "<0x0A>", "é", "e\u0301", "١", "½", "\u00a0", "\u3000", "\u2028", "\u0085", "的", "。", "の", "한", "👍🏽", "\ufeff",
]

MASK = 2**64 - 1


class Fnv:
    """FNV-1a, 64 bits, over numbers instead of bytes."""

    def __init__(self):
        self.value = 0xCBF29CE484222325

    def add(self, numbers):
        value = self.value
        for number in numbers:
            value = (value ^ number) * 0x100000001B3 & MASK
        self.value = value

    def __str__(self):
        return f"{self.value:016x}"


def split_mix(seed: int):
    """The generator SplitMix64."""
    while True:
        seed = seed + 0x9E3779B97F4A7C15 & MASK
        z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        yield z ^ z >> 31


def random_string(seed: int) -> str:
    random = split_mix(seed)
    text = ""
    for _ in range(next(random) % 48):
        kind = next(random) % 8
        r = next(random)
        if kind < 3:
            text += PIECES[r % len(PIECES)]
        elif kind < 5:
            text += chr(0x20 + r % 0x5F)
        elif kind == 5:
            text += chr(0x80 + r % 0x780)
        elif kind == 6:
            text += chr(0x800 + r % 0xD000)
        else:
            text += chr(0xE000 + r % 0x102000)
    return text


def assigned_ranges() -> list[list[int]]:
    """Runs [first, last] of the code points that llama.cpp (Unicode 15.1) knows, but for surrogates and private use."""
    flags = ctypes.CDLL(str(Path(llama_cpp.__file__).parent / "lib" / "libllama.so"))._Z26unicode_cpt_flags_from_cptj
    flags.argtypes, flags.restype = [ctypes.c_uint32], ctypes.c_uint16
    private = [(0xD800, 0xF8FF), (0xF0000, 0x10FFFF)]
    ranges = []
    for c in range(0x110000):
        if flags(c) & 0xFF == 1 or any(first <= c <= last for first, last in private):
            continue
        if ranges and ranges[-1][1] == c - 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
    return ranges


def code_point_texts(ranges):
    """Each code point alone, after and before a letter, doubled, and around a digit; with its block of 0x1000."""
    for first, last in ranges:
        for c in range(first, last + 1):
            yield c >> 12, f"{chr(c)}\n x{chr(c)}y {chr(c)}{chr(c)} {chr(c)}7{chr(c)}"


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for element in value:
            yield from strings_in(element)


def texts_of(path: Path):
    """The strings in a JSON file; other files are one text."""
    content = path.read_bytes().decode()
    if path.suffix == ".json":
        yield from strings_in(json.loads(content))
    elif path.suffix == ".jsonl":
        for line in content.split("\n"):
            if line:
                yield from strings_in(json.loads(line))
    else:
        yield content


class Tokenizer:
    def __init__(self, model: Path, name: str):
        params = llama.llama_model_default_params()
        params.vocab_only = True
        overrides = (llama.llama_model_kv_override * 2)()
        if model.name == SMOLLM2:
            overrides[0].tag = llama.LLAMA_KV_OVERRIDE_TYPE_STR
            overrides[0].key = b"tokenizer.ggml.pre"
            overrides[0].value.val_str = name.encode()
            params.kv_overrides = overrides
        self.model = llama.llama_model_load_from_file(str(model).encode(), params)
        self.vocabulary = llama.llama_model_get_vocab(self.model)

    def __call__(self, text: str) -> list[int]:
        data = text.encode()
        ids = (llama.llama_token * (len(data) + 1))()
        count = llama.llama_tokenize(self.vocabulary, data, len(data), ids, len(ids), False, False)
        assert count >= 0
        return ids[:count]


def golden_of(tokenize: Tokenizer, ranges, files) -> dict:
    def hash_of(texts) -> str:
        value = Fnv()
        for text in texts:
            value.add(tokenize(text))
            value.add([0xFFFFFFFF])
        return str(value)

    blocks = {}
    for block, text in code_point_texts(ranges):
        blocks.setdefault(block, []).append(text)
    return {
        "examples": [{"text": text, "ids": tokenize(text)} for text in EXAMPLES],
        "random": [hash_of(map(random_string, range(first, first + 1000))) for first in range(0, 10000, 1000)],
        "code_points": {f"{block:03x}": hash_of(texts) for block, texts in blocks.items()},
        "data": {name: {"sample": hash_of(texts[::40]), "all": hash_of(texts)} for name, texts in files.items()},
    }


def main(models: Path, data: Path) -> None:
    quiet = llama.llama_log_callback(lambda *_: None)
    llama.llama_log_set(quiet, ctypes.c_void_p())
    ranges = assigned_ranges()
    paths = [path for path in sorted(data.rglob("*")) if path.is_file()]
    files = {path.relative_to(data).as_posix(): list(texts_of(path)) for path in paths}
    golden = {"pieces": PIECES, "assigned": ranges, "files": {}, "vocabularies": {}}
    for path in paths:
        content = Fnv()
        content.add(path.read_bytes())
        golden["files"][path.relative_to(data).as_posix()] = str(content)
    for name, model in VOCABULARIES.items():
        golden["vocabularies"][name] = {"model": model, **golden_of(Tokenizer(models / model, name), ranges, files)}
        print(name, file=sys.stderr)
    lists_in_one_line = re.sub(r"\[[\d,\s]+\]", lambda found: re.sub(r"\s+", " ", found[0]).replace("[ ", "[")
                               .replace(" ]", "]"), json.dumps(golden, ensure_ascii=False, indent=1))
    TARGET.write_text(lists_in_one_line + "\n")


if __name__ == "__main__":
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lingua" / "models"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else cache,
         Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared" / "data")

#!/usr/bin/env python3
"""Makes tests/data/golden/pre_tokenizers.json: token ids of llama.cpp under each name that a GGUF may give its
pre-tokenizer, on a small vocabulary whose merges show where the rules cut.

Made with llama-cpp-python 0.3.36 (libllama 0.5.0) and gguf 0.19.0; run by hand: tests/golden/pre_tokenizer_golden.py
"""

import ctypes
import json
import tempfile
from pathlib import Path

import gguf
from llama_cpp import llama_cpp as llama

from tokenizer_golden import Tokenizer

TARGET = Path(__file__).resolve().parents[1] / "data" / "golden" / "pre_tokenizers.json"

NAMES = ["gpt-2", "phi-2", "smollm", "starcoder", "refact", "qwen2", "megrez", "deepseek-r1-qwen", "llama-bpe", "llama3",
         "llama-v3", "falcon3"]
MERGES = [("1", "2"), ("12", "3"), ("123", "4"), (" ", "1"), (" ", "a"), ("(", "a"), ("'", "l"), ("'", "L"), ("L", "L"),
          ("'L", "L"), (" ", " "), ("\n", "\n"), ("!", "\n"), ("!\n", "\n"), (" ", "!")]
WHOLE = ["abc"]  # a token that no merges lead to
TEXT = "abc (abc a1234567 1234 we'll WE'LL  a   1\n\n ! !\n\n\n(a)"


def byte_letters() -> list[str]:
    """The byte alphabet of GPT-2."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return [chr(byte if byte in printable else next(others)) for byte in range(256)]


def write_vocabulary(path: Path, name: str) -> None:
    letters = byte_letters()

    def spelled(text: str) -> str:
        return "".join(letters[byte] for byte in text.encode())

    tokens = letters + ["<|endoftext|>"] + [spelled(left + right) for left, right in MERGES] + WHOLE
    writer = gguf.GGUFWriter(path, "llama")
    for add in (writer.add_block_count, writer.add_context_length, writer.add_embedding_length,
                writer.add_feed_forward_length, writer.add_head_count):
        add(8)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(name)
    writer.add_token_list(tokens)
    writer.add_token_types([3 if token == "<|endoftext|>" else 1 for token in tokens])
    writer.add_token_merges([f"{spelled(left)} {spelled(right)}" for left, right in MERGES])
    writer.add_bos_token_id(256)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    quiet = llama.llama_log_callback(lambda *_: None)
    llama.llama_log_set(quiet, ctypes.c_void_p())
    ids = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            path = Path(folder) / f"{name}.gguf"
            write_vocabulary(path, name)
            ids[name] = Tokenizer(path, name)(TEXT)
    merges = ",\n  ".join(json.dumps("+".join(pair)) for pair in MERGES)
    rows = ",\n  ".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in ids.items())
    TARGET.write_text(f'{{\n "text": {json.dumps(TEXT)},\n "whole": {json.dumps(WHOLE)},\n'
                      f' "merges": [\n  {merges}\n ],\n "ids": {{\n  {rows}\n }}\n}}\n')


if __name__ == "__main__":
    main()

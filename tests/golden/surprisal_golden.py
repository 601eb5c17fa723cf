#!/usr/bin/env python3
"""Makes the golden surprisals: what llama.cpp computes with weights, activations and cache in F32. (Its GELU looks up
halves: on 120 tokens of Gemma it is 0.0007 nats from a computation in double precision, where lingua is 0.000004.)

    surprisal_golden.py make  MODEL.gguf...     writes tests/data/golden/<model>.<text>.tsv
    surprisal_golden.py check MODEL.gguf...     compares these files with PyTorch (llama architecture only)
    surprisal_golden.py q8_0  MODEL.gguf...     compares them with llama.cpp's own Q8_0: the error that lingua's may have

A line of the result holds a token id and its surprisal, -ln p(token | all before it) in nats. Before the first token
stands the separator of documents, which is not listed. Made with llama-cpp-python 0.3.36 (libllama 0.5.0), checked
with torch 2.15.0 and transformers 4.46.3 from the same files. F32 copies of the models go to the folder GOLDEN_CACHE
(default: the system's folder for temporary files); Qwen2.5-Coder-1.5B needs 7 GB there.
"""

import argparse
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "data" / "golden"
TEXTS = ["english", "chinese", "code"]
# File name of the model, in lower case and up to its first dot: name of the goldens, separator token.
MODELS = {
    "smollm2-135m-instruct": ("smollm2", 0),
    "gemma-3-270m-q4_k_m": ("gemma3", 2),
    "qwen2": ("qwen2", 151643),
}


def settings(model: Path) -> tuple[str, int]:
    return MODELS[model.name.lower().split(".")[0]]


def surprisals_of(logits: np.ndarray, ids: list[int]) -> np.ndarray:
    """Row i of `logits` predicts `ids[i]`."""
    result = np.empty(len(ids))
    for i, token in enumerate(ids):
        row = logits[i].astype(np.float64)
        top = row.max()
        result[i] = top + np.log(np.exp(row - top).sum()) - row[token]
    return result


def f32_copy_of(model: Path) -> Path:
    from f32_copy import write_f32_copy

    cache = Path(os.environ.get("GOLDEN_CACHE", tempfile.gettempdir()))
    f32 = cache / f"{settings(model)[0]}.F32.gguf"
    if not f32.exists():
        write_f32_copy(model, f32)
    return f32


def make(model: Path) -> None:
    from llama_cpp import Llama

    name, separator = settings(model)
    f32 = f32_copy_of(model)
    type_f32 = 0
    llama = Llama(str(f32), n_ctx=2048, n_batch=512, n_threads=2, logits_all=True, flash_attn=False, type_k=type_f32,
                  type_v=type_f32, verbose=False)
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    for text in TEXTS:
        content = (GOLDEN / f"{text}.txt").read_bytes()
        ids = llama.tokenize(content, add_bos=False, special=False)
        llama.reset()
        llama.eval([separator, *ids])
        surprisals = surprisals_of(llama.scores, ids)
        lines = [f"# {model.name} sha256 {digest}\n"]
        lines += [f"{token}\t{value:.5f}\n" for token, value in zip(ids, surprisals)]
        (GOLDEN / f"{name}.{text}.tsv").write_text("".join(lines))
        print(f"{name} {text}: {len(ids)} tokens, mean {surprisals.mean():.4f} nats")


def check(model: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    name, separator = settings(model)
    network = AutoModelForCausalLM.from_pretrained(model.parent, gguf_file=model.name, torch_dtype=torch.float32)
    network.lm_head.weight = network.model.embed_tokens.weight  # the head is tied, which transformers does not see
    for text in TEXTS:
        ids, golden = np.loadtxt(GOLDEN / f"{name}.{text}.tsv").T
        ids = [int(token) for token in ids]
        with torch.no_grad():
            logits = network(torch.tensor([[separator, *ids]])).logits[0].numpy()
        difference = np.abs(surprisals_of(logits, ids) - golden)
        print(f"{name} {text}: |difference| mean {difference.mean():.6f}, max {difference.max():.6f} nats")


def q8_0(model: Path) -> None:
    from llama_cpp import Llama, llama_model_quantize, llama_model_quantize_default_params

    name, separator = settings(model)
    f32 = f32_copy_of(model)
    copy = f32.with_name(f"{name}.Q8_0.gguf")
    if not copy.exists():
        params = llama_model_quantize_default_params()
        params.ftype = 7  # LLAMA_FTYPE_MOSTLY_Q8_0
        llama_model_quantize(str(f32).encode(), str(copy).encode(), params)
    llama = Llama(str(copy), n_ctx=2048, n_batch=512, n_threads=2, logits_all=True, verbose=False)
    differences = []
    for text in TEXTS:
        ids, golden = np.loadtxt(GOLDEN / f"{name}.{text}.tsv").T
        ids = [int(token) for token in ids]
        llama.reset()
        llama.eval([separator, *ids])
        differences.append(np.abs(surprisals_of(llama.scores, ids) - golden))
        print(f"{name} {text}: |difference| mean {differences[-1].mean():.4f}, max {differences[-1].max():.4f} nats")
    print(f"{name}: |difference| mean {np.concatenate(differences).mean():.4f} nats")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["make", "check", "q8_0"])
    parser.add_argument("models", type=Path, nargs="+")
    options = parser.parse_args()
    for path in options.models:
        {"make": make, "check": check, "q8_0": q8_0}[options.action](path)

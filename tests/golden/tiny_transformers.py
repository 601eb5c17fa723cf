#!/usr/bin/env python3
"""Surprisals of the tiny random models of tests/support/tiny_model.hpp, computed by PyTorch in double precision from
the architectures' definitions, sharing no code with lingua.

    tiny_transformers.py          writes tests/data/golden/tiny_<model>.txt
    tiny_transformers.py check    compares these files with llama.cpp and with transformers, both in F32

The weights are drawn again here: std::mt19937 and NumPy's RandomState give the same numbers for the same seed.
Made with Python 3.11, torch 2.15.0, numpy 1.26.4; checked with llama-cpp-python 0.3.36 (libllama 0.5.0), transformers
4.53.3 and gguf 0.19.0.
"""
import sys
from pathlib import Path

import numpy as np
import torch

MODELS = ("llama", "llama3", "qwen2", "qwen3", "gemma3", "gpt2")
GOLDEN = Path(__file__).parent.parent / "data" / "golden"

HEAD, FEED_FORWARD, LAYERS, VOCABULARY, WINDOW = 64, 96, 3, 261, 256
SLIDING_WINDOW, PERIOD, EPSILON, TOKENS, SEPARATOR = 8, 3, 1e-5, 150, 256
EARLY = (LAYERS + 3) // 4  # layers that representations are taken after
ROPE_BASE, ROPE_BASE_LOCAL = 1000.0, 100.0


class Weights:
    """The draws of tiny_model(), in its order, by their names in a GGUF file."""

    def __init__(self, model):
        self.random, self.tensors = np.random.RandomState(1), {}
        self.gpt2 = model == "gpt2"
        self.heads, self.kv_heads, self.embedding = (2, 2, 128) if self.gpt2 else (4, 2, 64)
        self.matrix("token_embd", self.embedding, VOCABULARY, spread=0.3)
        self.norm("output_norm")
        if model == "qwen2":
            self.matrix("output", self.embedding, VOCABULARY)
        for layer in range(LAYERS):
            self.layer(model, f"blk.{layer}.")
        if self.gpt2:
            self.matrix("position_embd", self.embedding, WINDOW, spread=0.3)
        if model == "llama3":
            self.draw("rope_freqs.weight", (HEAD // 2,), 4.5, 3.5)

    def layer(self, model, p):
        e, q, k = self.embedding, self.heads * HEAD, self.kv_heads * HEAD
        matrices = [("attn_q", e, q), ("attn_k", e, k), ("attn_v", e, k), ("attn_output", q, e), None,
                    ("ffn_gate", e, FEED_FORWARD), ("ffn_up", e, FEED_FORWARD), ("ffn_down", FEED_FORWARD, e)]
        if self.gpt2:
            matrices = [("attn_qkv", e, q + 2 * k), *matrices[3:5], *matrices[6:]]
        self.norm(p + "attn_norm")
        for matrix in matrices:
            if matrix is None:
                self.norm(p + "ffn_norm")
                continue
            name, inputs, outputs = matrix
            self.matrix(p + name, inputs, outputs)
            if self.gpt2:
                self.vector(p + name + ".bias", outputs, 0)
        if model == "qwen2":
            for name, size in (("attn_q", q), ("attn_k", k), ("attn_v", k)):
                self.vector(p + name + ".bias", size, 0)
        if model in ("qwen3", "gemma3"):
            self.vector(p + "attn_q_norm.weight", HEAD, 1)
            self.vector(p + "attn_k_norm.weight", HEAD, 1)
        if model == "gemma3":
            self.vector(p + "post_attention_norm.weight", e, 1)
            self.vector(p + "post_ffw_norm.weight", e, 1)

    def norm(self, name):
        self.vector(name + ".weight", self.embedding, 1)
        if self.gpt2:
            self.vector(name + ".bias", self.embedding, 0)

    def matrix(self, name, columns, rows, spread=None):
        self.draw(name + ".weight", (rows, columns), 0, spread or np.float32(2) / np.sqrt(np.float32(columns)))

    def vector(self, name, size, mean):
        self.draw(name, (size,), mean, 0.3)

    def draw(self, name, shape, mean, spread):
        bits = self.random.randint(0, 2**32, size=int(np.prod(shape)), dtype=np.uint32)
        unit = (bits >> 8).astype(np.float32) * np.float32(2**-23) - np.float32(1)
        self.tensors[name] = (np.float32(mean) + np.float32(spread) * unit).reshape(shape)


class Reference:
    """One model in double precision."""

    def __init__(self, model):
        weights = Weights(model)
        self.model, self.gemma, self.gpt2 = model, model == "gemma3", model == "gpt2"
        self.heads, self.kv_heads = weights.heads, weights.kv_heads
        self.w = {name: torch.tensor(values, dtype=torch.float64) for name, values in weights.tensors.items()}

    def linear(self, name, x):
        return x @ self.w[name + ".weight"].T + self.w.get(name + ".bias", 0)

    def norm(self, name, x):
        if self.gpt2:
            x = x - x.mean(-1, keepdim=True)
        x = x / torch.sqrt((x * x).mean(-1, keepdim=True) + EPSILON)
        return x * self.w[name + ".weight"] + self.w.get(name + ".bias", 0)

    def rope(self, x, base):
        """x: [tokens, heads, HEAD]. llama rotates neighbours, the others element i with element i + HEAD / 2."""
        adjacent = self.model.startswith("llama")
        frequencies = base ** (-torch.arange(0, HEAD, 2, dtype=torch.float64) / HEAD)
        frequencies = frequencies / self.w.get("rope_freqs.weight", 1)
        angles = torch.arange(x.shape[0], dtype=torch.float64)[:, None] * frequencies
        cos, sin = torch.cos(angles)[:, None], torch.sin(angles)[:, None]
        a, b = (x[..., 0::2], x[..., 1::2]) if adjacent else x.chunk(2, -1)
        rotated = a * cos - b * sin, a * sin + b * cos
        return torch.stack(rotated, -1).flatten(-2) if adjacent else torch.cat(rotated, -1)

    def queries_keys_values(self, p, x, local):
        n, widths = x.shape[0], [self.heads * HEAD, self.kv_heads * HEAD, self.kv_heads * HEAD]
        if self.gpt2:
            return [part.view(n, -1, HEAD) for part in self.linear(p + "attn_qkv", x).split(widths, -1)]
        q, k, v = (self.linear(p + "attn_" + name, x).view(n, -1, HEAD) for name in "qkv")
        if p + "attn_q_norm.weight" in self.w:
            q, k = self.norm(p + "attn_q_norm", q), self.norm(p + "attn_k_norm", k)
        base = ROPE_BASE_LOCAL if local else ROPE_BASE
        return self.rope(q, base), self.rope(k, base), v

    def attention(self, p, x, local):
        n = x.shape[0]
        q, k, v = self.queries_keys_values(p, x, local)
        k, v = (part.repeat_interleave(self.heads // self.kv_heads, 1) for part in (k, v))
        scores = torch.einsum("qhd,khd->hqk", q, k) / HEAD**0.5
        distance = torch.arange(n)[:, None] - torch.arange(n)
        hidden = (distance < 0) | (distance >= SLIDING_WINDOW) if local else distance < 0
        weights = torch.softmax(scores.masked_fill(hidden, -torch.inf), -1)
        self.paid = self.paid + weights.sum(0)
        return self.linear(p + "attn_output", torch.einsum("hqk,khd->qhd", weights, v).reshape(n, -1))

    def feed_forward(self, p, x):
        def gelu(t):
            return torch.nn.functional.gelu(t, approximate="tanh")

        up = self.linear(p + "ffn_up", x)
        if self.gpt2:
            return self.linear(p + "ffn_down", gelu(up))
        activation = gelu if self.gemma else torch.nn.functional.silu
        return self.linear(p + "ffn_down", activation(self.linear(p + "ffn_gate", x)) * up)

    def surprisals(self, ids):
        self.paid = 0
        x = self.w["token_embd.weight"][ids]
        if self.gemma:
            x = x * x.shape[-1] ** 0.5
        if self.gpt2:
            x = x + self.w["position_embd.weight"][: len(ids)]
        for layer in range(LAYERS):
            p = f"blk.{layer}."
            y = self.attention(p, self.norm(p + "attn_norm", x), self.gemma and (layer + 1) % PERIOD != 0)
            x = x + (self.norm(p + "post_attention_norm", y) if self.gemma else y)
            y = self.feed_forward(p, self.norm(p + "ffn_norm", x))
            x = x + (self.norm(p + "post_ffw_norm", y) if self.gemma else y)
            if layer + 1 == EARLY:
                self.early = x
        head = self.w.get("output.weight", self.w["token_embd.weight"])
        return surprisals_of(self.norm("output_norm", x) @ head.T, ids)


def surprisals_of(logits, ids):
    return -torch.log_softmax(torch.as_tensor(logits).double(), -1)[range(len(ids) - 1), ids[1:]]


ASKING = 3  # tokens whose attention and representations are compared


def golden_ids():
    """The separator, then RandomNumbers(1).below(256) of tests/support/random_numbers.hpp."""
    state, ids = 1, [SEPARATOR]
    for _ in range(TOKENS):
        state = (state * 1664525 + 1013904223) % 2**32
        ids.append((state >> 8) % 256)
    return ids


def check(model):
    import tiny_transformers_peers as peers

    golden, weights, ids = torch.tensor(np.loadtxt(GOLDEN / f"tiny_{model}.txt")), Weights(model), golden_ids()
    for peer, logits_of in (("llama.cpp", peers.llama_logits), ("transformers", peers.transformers_logits)):
        if peer == "llama.cpp" and model == "qwen2":
            continue  # takes no qwen2 whose heads are not as large as the embedding together
        difference = (surprisals_of(logits_of(model, weights, ids), ids) - golden).abs()
        print(f"{model}, {peer}: |difference| mean {difference.mean():.6f}, max {difference.max():.6f} nats")


if __name__ == "__main__":
    for name in MODELS:
        if sys.argv[1:] == ["check"]:
            check(name)
        else:
            reference = Reference(name)
            values = reference.surprisals(golden_ids())
            (GOLDEN / f"tiny_{name}.txt").write_text("".join(f"{v:.6f}\n" for v in values.tolist()))
            # of the last tokens, to those before them, the separator left out
            paid = reference.paid[-ASKING:, 1:-ASKING].flatten()
            (GOLDEN / f"tiny_{name}.attention.txt").write_text("".join(f"{v:.5f}\n" for v in paid.tolist()))
            early = reference.early[-ASKING:].flatten()
            (GOLDEN / f"tiny_{name}.early.txt").write_text("".join(f"{v:.5f}\n" for v in early.tolist()))

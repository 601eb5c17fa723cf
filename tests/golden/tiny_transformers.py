#!/usr/bin/env python3
"""Surprisals of the tiny random models of tests/support/tiny_model.hpp, computed by PyTorch in double precision from
the architectures' definitions, sharing no code with lingua. Writes tests/data/golden/tiny_<architecture>.txt.

The weights are drawn again here: std::mt19937 and NumPy's RandomState give the same numbers for the same seed.
Made with Python 3.11, torch 2.15.0, numpy 1.26.4; run by hand: tests/golden/tiny_transformers.py
"""
from pathlib import Path

import numpy as np
import torch

EMBEDDING, HEADS, KV_HEADS, HEAD, FEED_FORWARD, LAYERS, VOCABULARY = 64, 4, 2, 64, 96, 3, 261
SLIDING_WINDOW, PERIOD, EPSILON, TOKENS, SEPARATOR = 8, 3, 1e-5, 150, 256


class Weights:
    """The draws of tiny_model(), in its order."""

    def __init__(self, seed):
        self.random, self.tensors = np.random.RandomState(seed), {}

    def draw(self, name, shape, mean, spread):
        bits = self.random.randint(0, 2**32, size=int(np.prod(shape)), dtype=np.uint32)
        unit = (bits >> 8).astype(np.float32) * np.float32(2**-23) - np.float32(1)
        values = np.float32(mean) + np.float32(spread) * unit
        self.tensors[name] = torch.tensor(values.reshape(shape), dtype=torch.float64)

    def matrix(self, name, columns, rows):
        self.draw(name, (rows, columns), 0, np.float32(2) / np.sqrt(np.float32(columns)))

    def vector(self, name, size, mean):
        self.draw(name, (size,), mean, 0.3)


def make_weights(architecture):
    w = Weights(1)
    w.draw("token_embd", (VOCABULARY, EMBEDDING), 0, 0.3)
    w.vector("output_norm", EMBEDDING, 1)
    if architecture == "qwen2":
        w.matrix("output", EMBEDDING, VOCABULARY)
    for layer in range(LAYERS):
        p = f"{layer}."
        w.vector(p + "attn_norm", EMBEDDING, 1)
        w.matrix(p + "q", EMBEDDING, HEADS * HEAD)
        w.matrix(p + "k", EMBEDDING, KV_HEADS * HEAD)
        w.matrix(p + "v", EMBEDDING, KV_HEADS * HEAD)
        w.matrix(p + "o", HEADS * HEAD, EMBEDDING)
        w.vector(p + "ffn_norm", EMBEDDING, 1)
        w.matrix(p + "gate", EMBEDDING, FEED_FORWARD)
        w.matrix(p + "up", EMBEDDING, FEED_FORWARD)
        w.matrix(p + "down", FEED_FORWARD, EMBEDDING)
        if architecture == "qwen2":
            w.vector(p + "q_bias", HEADS * HEAD, 0)
            w.vector(p + "k_bias", KV_HEADS * HEAD, 0)
            w.vector(p + "v_bias", KV_HEADS * HEAD, 0)
        if architecture == "gemma3":
            w.vector(p + "q_norm", HEAD, 1)
            w.vector(p + "k_norm", HEAD, 1)
            w.vector(p + "post_attn_norm", EMBEDDING, 1)
            w.vector(p + "post_ffn_norm", EMBEDDING, 1)
    return w.tensors


def rms_norm(x, weight):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + EPSILON) * weight


def rope(x, base, adjacent):
    """x: [tokens, heads, HEAD]. llama rotates neighbours, the others element i with element i + HEAD / 2."""
    frequencies = base ** (-torch.arange(0, HEAD, 2, dtype=torch.float64) / HEAD)
    angles = torch.arange(x.shape[0], dtype=torch.float64)[:, None] * frequencies
    cos, sin = torch.cos(angles)[:, None], torch.sin(angles)[:, None]
    a, b = (x[..., 0::2], x[..., 1::2]) if adjacent else x.chunk(2, -1)
    rotated = a * cos - b * sin, a * sin + b * cos
    return torch.stack(rotated, -1).flatten(-2) if adjacent else torch.cat(rotated, -1)


def attention(w, p, x, architecture, layer):
    n, gemma = x.shape[0], architecture == "gemma3"
    local = gemma and (layer + 1) % PERIOD != 0
    q, k, v = (x @ w[p + name].T + w.get(p + name + "_bias", 0) for name in "qkv")
    q, k, v = q.view(n, HEADS, HEAD), k.view(n, KV_HEADS, HEAD), v.view(n, KV_HEADS, HEAD)
    if gemma:
        q, k = rms_norm(q, w[p + "q_norm"]), rms_norm(k, w[p + "k_norm"])
    base = 100.0 if local else 1000.0
    q, k = rope(q, base, architecture == "llama"), rope(k, base, architecture == "llama")
    k, v = k.repeat_interleave(HEADS // KV_HEADS, 1), v.repeat_interleave(HEADS // KV_HEADS, 1)
    scores = torch.einsum("qhd,khd->hqk", q, k) / HEAD**0.5
    distance = torch.arange(n)[:, None] - torch.arange(n)
    hidden = (distance < 0) | (distance >= SLIDING_WINDOW) if local else distance < 0
    weights = torch.softmax(scores.masked_fill(hidden, -torch.inf), -1)
    return torch.einsum("hqk,khd->qhd", weights, v).reshape(n, -1) @ w[p + "o"].T


def surprisals(architecture, ids):
    w, gemma = make_weights(architecture), architecture == "gemma3"
    activation = (lambda t: torch.nn.functional.gelu(t, approximate="tanh")) if gemma else torch.nn.functional.silu
    x = w["token_embd"][ids] * (EMBEDDING**0.5 if gemma else 1)
    for layer in range(LAYERS):
        p = f"{layer}."
        y = attention(w, p, rms_norm(x, w[p + "attn_norm"]), architecture, layer)
        x = x + (rms_norm(y, w[p + "post_attn_norm"]) if gemma else y)
        y = rms_norm(x, w[p + "ffn_norm"])
        y = (activation(y @ w[p + "gate"].T) * (y @ w[p + "up"].T)) @ w[p + "down"].T
        x = x + (rms_norm(y, w[p + "post_ffn_norm"]) if gemma else y)
    logits = rms_norm(x, w["output_norm"]) @ w.get("output", w["token_embd"]).T
    return -torch.log_softmax(logits, -1)[range(len(ids) - 1), ids[1:]]


def random_ids(count):
    """RandomNumbers(1).below(256) of tests/support/random_numbers.hpp."""
    state, ids = 1, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        ids.append((state >> 8) % 256)
    return ids


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "data" / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("llama", "qwen2", "gemma3"):
        values = surprisals(name, [SEPARATOR] + random_ids(TOKENS))
        (folder / f"tiny_{name}.txt").write_text("".join(f"{v:.6f}\n" for v in values.tolist()))

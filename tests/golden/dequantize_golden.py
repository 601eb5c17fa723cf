#!/usr/bin/env python3
"""Makes tests/data/golden/dequantize.txt: blocks of every weight format with random content and ordinary as well as
extreme scales, and the floats that gguf 0.19.0 (llama.cpp's own Python package) decodes them to.

One line for each block: type, bytes, floats as little-endian bits, the last two in hexadecimal.
"""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

TARGET = Path(__file__).resolve().parents[1] / "data" / "golden" / "dequantize.txt"

# Offset of the half-precision scales in a block.
SCALES = {"Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q4_K": [0, 2], "Q5_K": [0, 2],
          "Q6_K": [208]}
# An everyday one, a negative one, the largest, the smallest subnormal, a larger subnormal, zero and minus zero.
HALVES = np.array([0.0123, -0.75, 65504, 6e-8, -5e-5, 0.0, -0.0], dtype=np.float16)
PLAIN = {
    "F32": np.array([0, -0.0, 1.5, -3.4e38, 1e-45, np.inf, -np.inf, np.nan], np.float32),
    "F16": np.array([0, -0.0, 1.5, -65504, 6e-8, 6.1e-5, -6.2e-5, np.inf, -np.inf, np.nan], np.float16),
    "BF16": np.array([0x0000, 0x8000, 0x3FC0, 0xFF7F, 0x0001, 0x7F80, 0xFF80, 0x7FC0], np.uint16),
}


def blocks(name: str, random: np.random.Generator):
    if name in PLAIN:
        yield from (PLAIN[name][i:i + 1].view(np.uint8) for i in range(len(PLAIN[name])))
        return
    size = GGML_QUANT_SIZES[GGMLQuantizationType[name]][1]
    for first in range(len(HALVES)):
        block = random.integers(0, 256, size, dtype=np.uint8)
        for k, offset in enumerate(SCALES[name]):
            block[offset:offset + 2] = HALVES[(first + k) % len(HALVES):][:1].view(np.uint8)
        yield block


if __name__ == "__main__":
    random = np.random.default_rng(20231009)
    with TARGET.open("w") as out:
        for name in [*PLAIN, *SCALES]:
            for block in blocks(name, random):
                values = dequantize(block.reshape(1, -1), GGMLQuantizationType[name]).astype(np.float32)
                print(name, block.tobytes().hex(), values.tobytes().hex(), file=out)

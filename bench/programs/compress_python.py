"""Compresses with microsoft/LLMLingua 0.2.2: compress_python.py GGUF THREADS, run by a Python that has it (see
bench/against_python). Answers {"prompt": {"instruction", "contexts", "question"}, "ratio": 20} with seconds and tokens.

The weights are those of the GGUF, as 32-bit floats; the options those of the original's own example for GSM8K.
"""

import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

import tiktoken
import torch
from transformers import AutoTokenizer

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "golden"))
from reference_golden import convert  # noqa: E402


def load(gguf: str):
    with tempfile.TemporaryDirectory() as folder:
        convert(gguf, folder)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        # The original counts tokens for its own report with OpenAI's tokenizer, which it would download.
        encoding = type("Encoding", (), {"encode": lambda self, x, **_: tokenizer(x)["input_ids"]})()
        tiktoken.encoding_for_model = lambda name: encoding
        from llmlingua import PromptCompressor
        return PromptCompressor(folder, device_map="cpu", model_config={"torch_dtype": torch.float32})


def compress(compressor, prompt: dict, ratio: float) -> dict:
    start = time.perf_counter()
    result = compressor.compress_prompt(prompt["contexts"], instruction=prompt["instruction"],
                                        question=prompt["question"], rate=1 / ratio, context_budget="*1.5",
                                        iterative_size=100)
    return {"seconds": time.perf_counter() - start, "tokens": result["origin_tokens"],
            "kept": result["compressed_tokens"]}


def main() -> None:
    torch.set_num_threads(int(sys.argv[2]))
    with contextlib.redirect_stdout(sys.stderr):
        compressor = load(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            answer = compress(compressor, request["prompt"], request["ratio"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

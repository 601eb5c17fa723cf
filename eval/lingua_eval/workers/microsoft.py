"""Runs in the rivals' environment: llmlingua 0.2.2 on the scorer's weights. JSON lines in, JSON lines out.

The first line, {"model", "sample"}, names the GGUF model; the answer is the number of tokens of the sample, which shows
whether both sides count alike. Then {"instruction", "contexts", "question", "budget", "adjusted"} gets
{"text", "tokens", "seconds", "forwarded"}, the compressed contexts, or {"error"}."""

import json
import os
import sys
import time
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error",
               "TQDM_DISABLE": "1"}

import tiktoken
import torch
from convert import converted
from search import closest
from transformers import AutoTokenizer

TRIES = 5  # of finding the target that makes the achieved length equal
CLOSE = 0.02  # of the budget


class Encoding:
    """In place of tiktoken's, which would be downloaded: counts with the scorer's tokenizer."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def encode(self, text: str) -> list:
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]


class Compressor:
    def __init__(self, gguf: Path):
        model = str(converted(gguf))
        self.encoding = Encoding(AutoTokenizer.from_pretrained(model))
        tiktoken.encoding_for_model = lambda name: self.encoding
        from llmlingua import PromptCompressor

        self.compressor = PromptCompressor(model, device_map="cpu", model_config={"torch_dtype": torch.float32})
        self.forwarded = 0
        self.compressor.model.register_forward_pre_hook(self.count, with_kwargs=True)

    def count(self, module, positional, named) -> None:
        self.forwarded += (named["input_ids"] if "input_ids" in named else positional[0]).numel()

    def once(self, request: dict, target: float) -> dict:
        """What is left of the contexts when `target` tokens of them are asked for."""
        start, self.forwarded = time.perf_counter(), 0
        text = self.compressor.compress_prompt(
            request["contexts"], instruction=request["instruction"], question=request["question"],
            target_token=target, concate_question=False)["compressed_prompt"]
        if request["instruction"]:
            text = text.removeprefix(request["instruction"]).lstrip("\n")
        return {"text": text, "tokens": len(self.encoding.encode(text)), "seconds": time.perf_counter() - start,
                "forwarded": self.forwarded}

    def adjusted(self, request: dict) -> dict:
        """The answer whose length is closest to the budget; its cost is its own, without that of the other tries."""
        return closest(lambda target: self.once(request, target), lambda answer: answer["tokens"], request["budget"],
                       TRIES, CLOSE)


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the libraries print
    first = json.loads(sys.stdin.readline())
    compressor = Compressor(Path(first["model"]))
    print(json.dumps({"tokens": len(compressor.encoding.encode(first["sample"]))}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = (compressor.adjusted(request) if request["adjusted"]
                      else compressor.once(request, request["budget"]))
        except (AssertionError, IndexError, RuntimeError, ValueError) as error:  # it refuses some prompts
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

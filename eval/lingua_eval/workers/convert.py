"""A GGUF model as a folder that transformers loads: the same weights, dequantised, the output head tied as it was."""

import os
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lingua" / "eval" / "converted"


def converted(gguf: Path) -> Path:
    folder = CACHE / f"{gguf.stem}-{gguf.stat().st_size}"
    if not (folder / "done").exists():
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
        model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, torch_dtype=torch.float32)
        model.config.tie_word_embeddings = True
        model.lm_head.weight = model.model.embed_tokens.weight
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        (folder / "done").touch()
    return folder

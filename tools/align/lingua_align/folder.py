"""A Hugging Face folder as a model: the metadata that a GGUF file needs, from config.json and tokenizer.json.

Tokenizers are byte-level BPE; of a SentencePiece model, name its GGUF file instead."""

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from . import configuration
from .errors import AlignError, Exit
from .model import Field, Model, known
from .vocabulary import CONTROL, NORMAL, UNUSED, USER_DEFINED

ARRAY = gguf.GGUFValueType.ARRAY
KIND = {str: gguf.GGUFValueType.STRING, int: gguf.GGUFValueType.UINT32, float: gguf.GGUFValueType.FLOAT32}


def load_folder(path: Path) -> Model:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    try:
        config = AutoConfig.from_pretrained(path, local_files_only=True)
        architecture = known(path, config.model_type)
        network = AutoModelForCausalLM.from_pretrained(path, torch_dtype=torch.float32, local_files_only=True)
        tokenizer = json.loads((path / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise AlignError(Exit.MODEL_INVALID, f"{path}: not a Hugging Face folder that can be read: {error}") from error
    values = {"general.architecture": architecture.name, "general.name": path.resolve().name}
    values |= {f"{architecture.name}.{key}": value
               for key, value in configuration.to_keys(architecture, config).items()}
    fields = {key: Field(value, KIND[type(value)]) for key, value in values.items()}
    fields |= {f"tokenizer.ggml.{key}": field for key, field in tokenizer_fields(path, tokenizer, config).items()}
    model = Model(architecture, fields, network, rope_factors(network))
    check_names(path, model)
    return model


def check_names(path: Path, model: Model) -> None:
    """A parameter that the file has no place for would be lost."""
    names = set(model.architecture.tensors(model.network.config.num_hidden_layers).values())
    if strange := [name for name, _ in model.network.named_parameters() if name not in names]:
        raise AlignError(Exit.MODEL_UNSUPPORTED, f"{path}: a {model.architecture.name} model as lingua knows it has no "
                                                 f"parameter '{strange[0]}'")


def rope_factors(network: Any) -> np.ndarray | None:
    """What Llama 3's scaling divides the angles by; the file holds it as a tensor."""
    scaling = getattr(network.config, "rope_scaling", None) or {}
    if scaling.get("rope_type", scaling.get("type")) != "llama3":
        return None
    frequencies = network.model.rotary_emb.inv_freq.float().numpy()
    plain = network.config.rope_theta ** (-np.arange(len(frequencies), dtype=np.float64) / len(frequencies))
    return (plain / frequencies).astype(np.float32)


def tokenizer_fields(path: Path, tokenizer: dict[str, Any], config: Any) -> dict[str, Field]:
    vocabulary, added = tokenizer["model"]["vocab"], tokenizer.get("added_tokens", [])
    texts = {number: text for text, number in vocabulary.items()} | {one["id"]: one["content"] for one in added}
    kinds = {one["id"]: CONTROL if one["special"] else USER_DEFINED for one in added}
    count = config.vocab_size
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in tokenizer["model"]["merges"]]
    strings, integers = gguf.GGUFValueType.STRING, gguf.GGUFValueType.INT32
    fields = {
        "model": Field("gpt2", KIND[str]), "pre": Field(rule_of(path, tokenizer), KIND[str]),
        "tokens": Field([texts.get(number, f"[PAD{number}]") for number in range(count)], ARRAY, strings),
        "token_type": Field([kinds.get(number, NORMAL if number in texts else UNUSED) for number in range(count)],
                            ARRAY, integers),
        "merges": Field(merges, ARRAY, strings),
    }
    for name in ("bos", "eos"):
        if (number := first(getattr(config, f"{name}_token_id", None))) is not None:
            fields[f"{name}_token_id"] = Field(number, KIND[int])
    return fields


def first(number: int | list[int] | None) -> int | None:
    return number[0] if isinstance(number, list) else number


def rule_of(path: Path, tokenizer: dict[str, Any]) -> str:
    """The name that GGUF has for the pre-tokenizer."""
    stages = tokenizer.get("pre_tokenizer") or {}
    stages = stages.get("pretokenizers", [stages])
    patterns = "".join(str(stage.get("pattern", "")) for stage in stages)
    if tokenizer["model"]["type"] == "BPE" and any(stage.get("type") == "ByteLevel" for stage in stages):
        if any(stage.get("type") == "Digits" for stage in stages):
            return "smollm"
        if "{1,3}" in patterns:
            return "llama-bpe"
        if "p{N}" in patterns:
            return "qwen2"
        if not patterns:
            return "gpt-2"
    raise AlignError(Exit.MODEL_UNSUPPORTED, f"{path}: the tokenizer is not byte-level BPE by the rules of GPT-2, "
                                             "SmolLM, Qwen2 or Llama 3; name the model's GGUF file instead")

"""A model between GGUF and transformers: the metadata of a file, and a network that can be trained."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from .architectures import ARCHITECTURES, Architecture, find
from .errors import AlignError, Exit
from .vocabulary import Vocabulary

ROPE_FACTORS = "rope_freqs.weight"  # divide the angles; not trained


@dataclass(frozen=True)
class Field:
    """A value of a GGUF file's metadata."""

    value: Any
    kind: gguf.GGUFValueType
    element: gguf.GGUFValueType | None = None  # of arrays


@dataclass
class Model:
    architecture: Architecture
    fields: dict[str, Field]
    network: Any  # of transformers, in F32
    rope_factors: np.ndarray | None = None

    def keys(self, prefix: str) -> dict[str, Any]:
        """The metadata below `prefix`, without it."""
        return below(self.fields, prefix)

    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.keys("tokenizer.ggml."))

    def tensors(self, parameters: dict[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
        """Name and values of every tensor of the file, from parameters by transformers' names."""
        config, names = self.network.config, self.architecture.tensors(self.network.config.num_hidden_layers)
        head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        for ours, theirs in names.items():
            if theirs in parameters and not (theirs == "lm_head.weight" and config.tie_word_embeddings):
                yield ours, self.architecture.to_file(ours, parameters[theirs].detach().float().cpu().numpy(), head)
        if self.rope_factors is not None:
            yield ROPE_FACTORS, self.rope_factors


def below(fields: dict[str, Field], prefix: str) -> dict[str, Any]:
    return {key.removeprefix(prefix): field.value for key, field in fields.items() if key.startswith(prefix)}


def known(path: Path, name: str) -> Architecture:
    if architecture := find(name):
        return architecture
    names = ", ".join(one.name for one in ARCHITECTURES)
    raise AlignError(Exit.MODEL_UNSUPPORTED, f"{path}: architecture '{name}'; expected one of {names}")

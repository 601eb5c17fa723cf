"""A model between GGUF and transformers: read from a GGUF file or a Hugging Face folder, written as GGUF."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf.quants import dequantize

from . import configuration
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


def load(path: Path) -> Model:
    """A GGUF file, or a folder as transformers saves it."""
    import transformers

    transformers.logging.set_verbosity_error()  # its advice is for others
    if path.is_dir():
        from .folder import load_folder

        return load_folder(path)
    if not path.is_file():
        raise AlignError(Exit.MODEL_NOT_FOUND, f"{path}: no such file or folder; `make models` gets the models")
    try:
        return load_gguf(path)
    except (ValueError, KeyError, IndexError) as error:
        raise AlignError(Exit.MODEL_INVALID, f"{path}: not a GGUF file that can be read: {error}") from error


def load_gguf(path: Path) -> Model:
    reader = gguf.GGUFReader(path)
    fields = {key: read(field) for key, field in reader.fields.items() if not key.startswith("GGUF.")}
    architecture = known(path, fields["general.architecture"].value)
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    config = configuration.from_keys(architecture, below(fields, architecture.name + "."),
                                     len(fields["tokenizer.ggml.tokens"].value), "output.weight" not in tensors)
    factors = tensors.pop(ROPE_FACTORS, None)
    model = Model(architecture, fields, empty_network(config), None if factors is None else values_of(factors))
    fill(model, tensors, path)
    return model


def known(path: Path, name: str) -> Architecture:
    if architecture := find(name):
        return architecture
    names = ", ".join(one.name for one in ARCHITECTURES)
    raise AlignError(Exit.MODEL_UNSUPPORTED, f"{path}: architecture '{name}'; expected one of {names}")


def read(field: gguf.ReaderField) -> Field:
    array = field.types[0] == gguf.GGUFValueType.ARRAY
    return Field(field.contents(), field.types[0], field.types[-1] if array else None)


def values_of(tensor: gguf.ReaderTensor) -> np.ndarray:
    return dequantize(tensor.data, tensor.tensor_type).astype(np.float32).reshape(tensor.shape[::-1])


def empty_network(config: Any) -> Any:
    """Its parameters have no values yet."""
    from transformers import AutoModelForCausalLM
    from transformers.modeling_utils import no_init_weights

    with no_init_weights():
        network = AutoModelForCausalLM.from_config(config)
    network.tie_weights()
    return network.float()


def fill(model: Model, tensors: dict[str, gguf.ReaderTensor], path: Path) -> None:
    """Copies the file's tensors into the network, each of whose parameters must be among them."""
    import torch

    names = model.architecture.tensors(model.network.config.num_hidden_layers)
    missing = dict(model.network.named_parameters())
    with torch.no_grad():
        for ours, tensor in tensors.items():
            parameter = missing.pop(names.get(ours, ""), None)
            if parameter is None:
                raise AlignError(Exit.MODEL_UNSUPPORTED, f"{path}: a {model.architecture.name} model as lingua knows "
                                                         f"it has no tensor '{ours}'")
            values = model.architecture.from_file(ours, values_of(tensor), getattr(model.network.config, "head_dim", 0))
            if values.shape != tuple(parameter.shape):
                raise AlignError(Exit.MODEL_INVALID, f"{path}: tensor '{ours}' is {values.shape}; "
                                                     f"expected {tuple(parameter.shape)}")
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)))
        if missing:
            raise AlignError(Exit.MODEL_INVALID, f"{path}: no tensor for {', '.join(sorted(missing))}")
        if model.rope_factors is not None:
            model.network.model.rotary_emb.inv_freq /= torch.from_numpy(model.rope_factors)

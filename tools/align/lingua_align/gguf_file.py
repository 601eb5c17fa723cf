"""Models from GGUF files."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf.quants import dequantize

from . import configuration
from .errors import AlignError, Exit
from .model import ROPE_FACTORS, Field, Model, below, known


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

"""Writes a model as a GGUF file that `lingua` loads. The file appears whole or not at all."""

import os
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf.quants import quantize

from .errors import AlignError, Exit
from .model import Field, Model

BLOCK = 32  # elements that share a scale in Q8_0
TYPES = {"f16": (gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
         "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0)}


def write(model: Model, parameters: dict[str, Any], path: Path, type_name: str) -> None:
    """`parameters`: by transformers' names, whatever they were trained as."""
    part = path.with_name(path.name + ".part")
    try:
        write_to(part, model, parameters, type_name)
        os.replace(part, path)
    except OSError as error:
        raise AlignError(Exit.OUTPUT_UNWRITABLE, f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def write_to(path: Path, model: Model, parameters: dict[str, Any], type_name: str) -> None:
    matrices, file_type = TYPES[type_name]
    writer = gguf.GGUFWriter(path, model.architecture.name)
    try:
        for key, field in described(model.fields, int(file_type)).items():
            if key != "general.architecture":
                writer.add_key_value(key, field.value, field.kind, sub_type=field.element)
        for name, values in model.tensors(parameters):
            if not np.isfinite(values).all():
                raise AlignError(Exit.DIVERGED, f"tensor '{name}' has values that are no numbers; nothing was written")
            kind = type_of(values, matrices)
            writer.add_tensor(name, quantize(np.ascontiguousarray(values), kind), raw_dtype=kind)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def type_of(values: np.ndarray, matrices: gguf.GGMLQuantizationType) -> gguf.GGMLQuantizationType:
    """Vectors stay in F32: they are small, and lingua reads them so."""
    if values.ndim == 1:
        return gguf.GGMLQuantizationType.F32
    quantizable = matrices == gguf.GGMLQuantizationType.F16 or values.shape[-1] % BLOCK == 0
    return matrices if quantizable else gguf.GGMLQuantizationType.F16


def described(fields: dict[str, Field], file_type: int) -> dict[str, Field]:
    """The source's metadata, tokenizer and all, but for what the new weights change."""
    integer, text = gguf.GGUFValueType.UINT32, gguf.GGUFValueType.STRING
    name = fields["general.name"].value if "general.name" in fields else "model"
    return fields | {"general.name": Field(f"{name.removesuffix(' (aligned)')} (aligned)", text),
                     "general.file_type": Field(file_type, integer),
                     "general.quantization_version": Field(int(gguf.GGML_QUANT_VERSION), integer)}

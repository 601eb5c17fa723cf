"""Copies a GGUF with every tensor decoded to F32 by gguf-py (0.19.0): the weights that golden values are computed
with."""

import os
from pathlib import Path

import gguf
import numpy as np
from gguf.quants import dequantize


def copy_metadata(reader: gguf.GGUFReader, writer: gguf.GGUFWriter) -> None:
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key == "general.architecture":
            continue
        element = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
        value = int(gguf.LlamaFileType.ALL_F32) if key == "general.file_type" else field.contents()
        writer.add_key_value(key, value, field.types[0], sub_type=element)


def write_f32_copy(source: Path, target: Path) -> None:
    reader = gguf.GGUFReader(source)
    part = target.with_name(target.name + ".part")
    writer = gguf.GGUFWriter(part, reader.fields["general.architecture"].contents())
    copy_metadata(reader, writer)
    for tensor in reader.tensors:
        shape = [int(extent) for extent in reversed(tensor.shape)]
        writer.add_tensor_info(tensor.name, shape, np.dtype(np.float32), 4 * tensor.n_elements)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in reader.tensors:
        writer.write_tensor_data(dequantize(tensor.data, tensor.tensor_type).astype(np.float32, copy=False))
    writer.close()
    os.replace(part, target)

#!/usr/bin/env python3
"""Rewrites the matrices of a GGUF in another type (F32, BF16, Q8_0, ...), so that tests and benchmarks can run the
same model in the precision that they ask about. Vectors become F32. Needs the Python package gguf 0.19.0.

    convert_gguf.py model.gguf model.F32.gguf F32
"""

import argparse
import os
from pathlib import Path

import gguf
import numpy as np
from gguf.quants import dequantize, quantize


def copy_metadata(reader: gguf.GGUFReader, writer: gguf.GGUFWriter, file_type: int) -> None:
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key == "general.architecture":
            continue
        element = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
        value = file_type if key == "general.file_type" else field.contents()
        writer.add_key_value(key, value, field.types[0], sub_type=element)


def convert(source: Path, target: Path, type_name: str) -> None:
    matrix_type = gguf.GGMLQuantizationType[type_name]
    file_type = {"F32": "ALL_F32"}.get(type_name, f"MOSTLY_{type_name}")
    reader = gguf.GGUFReader(source)
    architecture = reader.fields["general.architecture"].contents()
    part = target.with_name(target.name + ".part")
    writer = gguf.GGUFWriter(part, architecture)
    copy_metadata(reader, writer, int(gguf.LlamaFileType[file_type]))
    kinds = {}
    for tensor in reader.tensors:
        kinds[tensor.name] = matrix_type if len(tensor.shape) > 1 else gguf.GGMLQuantizationType.F32
        shape = [int(n) for n in reversed(tensor.shape)]
        byte_shape = gguf.quant_shape_to_byte_shape(shape, kinds[tensor.name])
        size = int(np.prod(byte_shape))
        if kinds[tensor.name] == gguf.GGMLQuantizationType.F32:
            writer.add_tensor_info(tensor.name, shape, np.dtype(np.float32), 4 * int(np.prod(shape)))
        else:
            writer.add_tensor_info(tensor.name, byte_shape, np.dtype(np.uint8), size, raw_dtype=kinds[tensor.name])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32, copy=False)
        writer.write_tensor_data(quantize(values, kinds[tensor.name]))
    writer.close()
    os.replace(part, target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("type", help="F32, F16, BF16 or Q8_0")
    options = parser.parse_args()
    convert(options.source, options.target, options.type)

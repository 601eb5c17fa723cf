"""The same weights in a wider type: where llama.cpp has no fast kernel for the type of the file, that is up to several
times faster, and rounds activations less or no more."""

import ctypes
import os
from pathlib import Path

from .. import places

CPU = Path("/proc/cpuinfo")

# For a model the first type of those that its CPU flag allows; None, or none of them: the file as it is. Tokens per
# second:
WIDER = {
    # One core: Q4_1 178, Q8_0 190, BF16 94. The same CPU without AMX, whose BF16 is slow: Q4_1 140, Q8_0 272, BF16 245,
    # F32 315. Two cores of others without AMX: Q4_1 260, BF16 685; nor BF16: 26, F32 125.
    "smollm2": (("amx_int8", None), ("avx512_fp16", "ALL_F32"), ("avx512_bf16", "MOSTLY_BF16"), ("", "ALL_F32")),
    # One core: Q4_K_M 113, Q8_0 201; without AMX 244, 258, BF16 272, F32 391.
    "gemma": (("amx_int8", "MOSTLY_Q8_0"), ("avx512_fp16", "ALL_F32")),
    "qwen": (("amx_int8", "MOSTLY_Q8_0"),),  # one core: Q4_K_M 88, writes 36; Q8_0 104, writes 51
}


def widened(name: str, model: Path) -> Path:
    """The file to read `model` from: one made in the cache folder on the first call, or `model` itself."""
    file_type = next((wider for flag, wider in WIDER.get(name, ()) if flag in cpu_flags()), None)
    return model if file_type is None else converted(model, file_type)


def cpu_flags() -> str:
    return CPU.read_text(encoding="utf-8") if CPU.exists() else ""


def converted(model: Path, file_type: str) -> Path:
    """`file_type`: as llama.cpp names it."""
    import llama_cpp

    from ..tokens import quiet

    target = places.CACHE / "eval" / "converted" / f"{model.stem}-{model.stat().st_size}.{file_type}.gguf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}.part")  # two runs may make it at once
        parameters = llama_cpp.llama_model_quantize_default_params()
        parameters.ftype, parameters.allow_requantize = getattr(llama_cpp, f"LLAMA_FTYPE_{file_type}"), True
        if quiet(llama_cpp).llama_model_quantize(str(model).encode(), str(part).encode(), ctypes.byref(parameters)):
            raise RuntimeError(f"llama.cpp cannot convert {model}")
        part.replace(target)
    return target

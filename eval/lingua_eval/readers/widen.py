"""The same weights in a wider type: where llama.cpp has no fast kernel for a quantised one, that is several times faster,
and its rounding of activations disturbs likelihoods less."""

import ctypes
from pathlib import Path

from .. import places

CPU = Path("/proc/cpuinfo")


def widened(model: Path) -> Path:
    """`model` with every matrix in BF16 where the CPU multiplies that, else in F32; made in the cache folder on the first
    call."""
    import llama_cpp

    from ..tokens import quiet

    name, ftype = ("BF16", llama_cpp.LLAMA_FTYPE_MOSTLY_BF16) if has_bf16() else ("F32", llama_cpp.LLAMA_FTYPE_ALL_F32)
    target = places.CACHE / "eval" / "converted" / f"{model.stem}-{model.stat().st_size}.{name}.gguf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        parameters = llama_cpp.llama_model_quantize_default_params()
        parameters.ftype, parameters.allow_requantize = ftype, True
        if quiet(llama_cpp).llama_model_quantize(str(model).encode(), str(part).encode(), ctypes.byref(parameters)):
            raise RuntimeError(f"llama.cpp cannot convert {model}")
        part.replace(target)
    return target


def has_bf16() -> bool:
    return CPU.exists() and "avx512_bf16" in CPU.read_text(encoding="utf-8")

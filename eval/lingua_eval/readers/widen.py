"""The same weights in BF16: where llama.cpp has no fast kernel for a quantised type, that is several times faster, and
its rounding of activations disturbs likelihoods less."""

import ctypes
from pathlib import Path

from .. import places


def widened(model: Path) -> Path:
    """`model` with every matrix in BF16, in the cache folder; made on the first call."""
    import llama_cpp

    from ..tokens import quiet

    target = places.CACHE / "eval" / "converted" / f"{model.stem}-{model.stat().st_size}.BF16.gguf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        parameters = llama_cpp.llama_model_quantize_default_params()
        parameters.ftype, parameters.allow_requantize = llama_cpp.LLAMA_FTYPE_MOSTLY_BF16, True
        if quiet(llama_cpp).llama_model_quantize(str(model).encode(), str(part).encode(), ctypes.byref(parameters)):
            raise RuntimeError(f"llama.cpp cannot convert {model}")
        part.replace(target)
    return target

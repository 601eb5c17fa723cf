"""llama.cpp at its best: its types, with and without flash attention, tried on each model."""

import contextlib
from pathlib import Path

from . import programs
from .turns import pass_of, take_turns

LARGE = 500_000_000  # bytes of a file of which not all variants fit in memory together


def variants(model: Path) -> list:
    """Large models only with flash attention, which was faster in every type on the small ones, and not as F32."""
    if model.stat().st_size >= LARGE:
        return [(kind, True) for kind in ("BF16", "Q8_0", "as it is")]
    return [(kind, flash) for kind in ("F32", "BF16", "Q8_0", "as it is") for flash in (False, True)]


def fastest(model: Path, threads: int, record) -> tuple:
    """(type, flash attention) of the shortest pass; what all of them did goes into the record."""
    tokens = 512 if model.stat().st_size < LARGE else 128
    with contextlib.ExitStack() as stack:
        tried = {variant: stack.enter_context(programs.llama(model, *variant, threads)) for variant in variants(model)}
        for program in tried.values():
            program.ask({"pass": 64})
        times = take_turns({variant: pass_of(program, tokens) for variant, program in tried.items()}, 3, 60, least=2)
    best = {variant: min(figures) for variant, figures in times.items()}
    order = sorted(best, key=best.get)
    listed = ", ".join(f"{tried[variant].name} {tokens / best[variant]:.0f}" for variant in order)
    record.note(f"{model.name}, tokens/s at N = {tokens}: {listed}")
    return order[0]

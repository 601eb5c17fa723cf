"""llama.cpp at its best: every type, with and without flash attention, tried once on each model."""

from pathlib import Path

from . import programs
from .turns import pass_of

LARGE = 500_000_000  # bytes of a file; as F32 it would be gigabytes, and F32 is nowhere the fastest


def variants(model: Path) -> list:
    kinds = ["BF16", "Q8_0", "as it is"] + (["F32"] if model.stat().st_size < LARGE else [])
    return [(kind, flash) for kind in kinds for flash in (False, True)]


def fastest(model: Path, threads: int, record) -> tuple:
    """(type, flash attention) of the shortest pass; what all took goes into the record."""
    tokens = 512 if model.stat().st_size < LARGE else 128
    times, names = {}, {}
    for variant in variants(model):
        with programs.llama(model, *variant, threads) as program:
            times[variant] = min(program_pass() for program_pass in [pass_of(program, tokens)] * 3)
            names[variant] = program.name
    listed = ", ".join(f"{names[one]} {tokens / times[one]:.0f}" for one in sorted(times, key=times.get))
    record.note(f"{model.name}, tokens/s at N = {tokens}: {listed}")
    return min(times, key=times.get)

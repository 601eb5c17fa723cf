"""Whether a compute type decides as F32 does: tokens kept alike, and the distance of the surprisals."""

import contextlib
import itertools

from . import programs, texts
from .places import model as model_path
from .scoring import tokens_of

RATIOS = (2, 5)
PRESETS = ["standard", "paper", "paper, single pass"]  # the last one: without iteration


def kept_alike(reference: str, other: str) -> tuple:
    """Tokens that `reference` keeps, and how many of them `other` keeps too."""
    return reference.count("1"), sum(a == b == "1" for a, b in zip(reference, other))


def decisions(name: str, computes: list, set_name: str, count: int, threads: int) -> list:
    """One row per type, options and ratio: of the tokens that F32 keeps of `count` prompts, those kept as well."""
    counts = {}
    with contextlib.ExitStack() as stack:
        reference, *others = (stack.enter_context(programs.lingua(model_path(name), compute, threads, "bench_compress"))
                              for compute in ["f32", *computes])
        for prompt in texts.SETS[set_name](count):
            for preset, ratio in itertools.product(PRESETS, RATIOS):
                request = {"prompt": prompt, "ratio": ratio, "preset": preset.split(",")[0],
                           "single_pass": "single pass" in preset}
                expected = reference.ask(request)["kept"]
                for compute, other in zip(computes, others):
                    found = kept_alike(expected, other.ask(request)["kept"])
                    counts.setdefault((compute, preset, ratio), []).append(found)
    rows = []
    for (compute, preset, ratio), found in sorted(counts.items(), key=lambda item: PRESETS.index(item[0][1])):
        total, alike = (sum(column) for column in zip(*found))
        rows.append({"kind": "decisions", "model": name, "compute": compute, "preset": preset, "set": set_name,
                     "ratio": ratio, "prompts": len(found), "kept": total, "alike": alike / total,
                     "prompts_alike": sum(a == b for a, b in found)})
    return rows


def distance(reference, others: list, ids: list) -> list:
    """For each of `others` (absolute differences of surprisals to `reference`, in nats, over all of `ids`)."""
    differences = [[] for _ in others]
    for sequence in ids:
        expected = reference.ask({"score": sequence})["surprisals"]
        for one, found in zip(differences, others):
            surprisals = found.ask({"score": sequence})["surprisals"]
            one.extend(abs(a - b) for a, b in zip(expected, surprisals))
    return differences


def surprisals(name: str, computes: list, count: int, threads: int) -> list:
    """Mean and largest |difference| to the same program's F32: lingua's compute types, and llama.cpp's Q8_0."""
    path, rows = model_path(name), []
    with contextlib.ExitStack() as stack:
        families = [[stack.enter_context(programs.lingua(path, compute, threads)) for compute in ["f32", *computes]]]
        if programs.has_llama():
            families.append([stack.enter_context(programs.llama(path, kind, False, threads)) for kind in ("F32", "Q8_0")])
        for language in ("English", "Chinese"):
            ids = [tokens_of(path, text) for text in texts.plain(language, count)]
            for reference, *others in families:
                for program, differences in zip(others, distance(reference, others, ids)):
                    rows.append({"kind": "surprisals", "model": name, "program": program.name, "language": language,
                                 "tokens": len(differences), "mean": sum(differences) / len(differences),
                                 "largest": max(differences)})
    return rows

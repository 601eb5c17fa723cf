"""Whether a compute type decides as F32 does: tokens kept alike, and the distance of the surprisals."""

import json
import subprocess

from . import programs, texts
from .places import Missing, model as model_path

RATIOS = (2, 5)
PRESETS = ["standard", "paper", "paper, single pass"]  # the last one: without iteration


def kept_alike(reference: str, other: str) -> tuple:
    """Tokens that `reference` keeps, and how many of them `other` keeps too."""
    return reference.count("1"), sum(a == b == "1" for a, b in zip(reference, other))


def decisions(name: str, compute: str, preset: str, prompts: dict, threads: int) -> list:
    """One row per set of prompts and ratio: of the tokens that F32 keeps, how many `compute` keeps as well."""
    path = model_path(name)
    with programs.lingua(path, "f32", threads, "bench_compress") as reference, \
            programs.lingua(path, compute, threads, "bench_compress") as other:
        rows = []
        for set_name, set_prompts in prompts.items():
            counts = {ratio: [] for ratio in RATIOS}
            for prompt in set_prompts:
                for ratio in RATIOS:
                    request = {"prompt": prompt, "ratio": ratio, "preset": preset.split(",")[0],
                               "single_pass": "single pass" in preset}
                    kept = [program.ask(request)["kept"] for program in (reference, other)]
                    counts[ratio].append(kept_alike(*kept))
            for ratio in RATIOS:
                total, alike = (sum(column) for column in zip(*counts[ratio]))
                rows.append({"kind": "decisions", "model": name, "compute": compute, "preset": preset,
                             "set": set_name, "ratio": ratio, "prompts": len(set_prompts), "kept": total,
                             "alike": alike / total, "prompts_alike": sum(a == b for a, b in counts[ratio])})
        return rows


def tokens_of(path, text: str) -> list:
    done = subprocess.run([programs.LINGUA, "score", "--json", "--model", path], input=text.encode(),
                          stdout=subprocess.PIPE, check=True)
    return [token["id"] for token in json.loads(done.stdout)["tokens"]]


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
    path = model_path(name)
    families = [(programs.lingua(path, "f32", threads),
                 [programs.lingua(path, compute, threads) for compute in computes])]
    try:
        families.append((programs.llama(path, "F32", False, threads), [programs.llama(path, "Q8_0", False, threads)]))
    except Missing as missing:
        programs.say(missing)
    rows = []
    for language in ("English", "Chinese"):
        ids = [tokens_of(path, text) for text in texts.plain(language, count)]
        for reference, others in families:
            for program, differences in zip(others, distance(reference, others, ids)):
                rows.append({"kind": "surprisals", "model": name, "program": program.name, "language": language,
                             "tokens": len(differences), "mean": sum(differences) / len(differences),
                             "largest": max(differences)})
    for reference, others in families:
        for program in (reference, *others):
            program.close()
    return rows

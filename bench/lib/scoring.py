"""Rows about scoring: against llama.cpp, against the limit of the CPU, and how the time grows with the length."""

import contextlib
import json
import statistics
import subprocess

from . import peers, programs
from .places import Missing, model as model_path
from .record import row, skipped, summary
from .turns import pass_of, take_turns

TITLES = {"smollm2": "SmolLM2-135M", "gemma": "Gemma 3 270M", "qwen": "Qwen2.5-Coder-1.5B"}
GOALS = {("smollm2", 512): ">= 2.5", ("smollm2", 2048): ">= 3.2", ("smollm2", 8192): ">= 4",
         ("gemma", 512): ">= 3", ("gemma", 2048): ">= 3", ("qwen", 512): ">= 2"}
LIMITS = {"bf16": ("bf16", ">= 0.85"), "q8_0": ("int8", ">= 0.6"), "f32": ("f32", "")}  # instructions, goal


def open_all(stack, name: str, threads: int, record) -> tuple:
    """Programs by contestant, and their names: each of lingua's fast types, llama.cpp's fastest type ("peer"), and the
    same Q8_0 file in both."""
    path, contestants = model_path(name), {}

    def add(key: str, start, *arguments) -> None:
        try:
            contestants[key] = stack.enter_context(start(*arguments))
        except Missing as missing:
            record.note(str(missing))

    for compute in ("bf16", "q8_0"):
        add(compute, programs.lingua, path, compute, threads)
    if "bf16" not in contestants:
        add("f32", programs.lingua, path, "f32", threads)
    if programs.has_llama():
        kind, flash = peers.fastest(path, threads, record)
        add("peer", programs.llama, path, kind, flash, threads)
        if name == "smollm2":
            add("q8_0 file", programs.lingua, programs.converted(path, "Q8_0"), "q8_0", threads)
            add("q8_0 peer", programs.llama, path, "Q8_0", flash, threads)
    return path, contestants


def contest(contestants: dict, limits, tokens: int, repeat: int, seconds: float) -> dict:
    """Seconds of every pass by contestant; with `limits` also operations per second by type of instruction."""
    chosen = {key: one for key, one in contestants.items() if tokens < 8192 or "q8_0 " not in key}
    for one in chosen.values():
        one.ask({"pass": min(tokens, 512)})  # wakes threads and pages
    measures = {key: pass_of(one, tokens) for key, one in chosen.items()}
    for kind, _ in [LIMITS[key] for key in chosen if key in LIMITS] if limits else []:
        if limits.ask({"type": kind})["limit"]:
            measures["limit " + kind] = lambda kind=kind: limits.ask({"type": kind})["limit"]
    return take_turns(measures, repeat, seconds)


def ratio_row(key: str, what: str, goal: str, tokens: int, ours: list, theirs: list, names: tuple) -> dict:
    return row(key, what, goal, "x", statistics.median(theirs) / statistics.median(ours), min(theirs) / min(ours),
               len(ours), tokens=tokens, ours={"name": names[0], **summary(ours)},
               theirs={"name": names[1], **summary(theirs)})


def against_llama(name: str, tokens: int, times: dict, contestants: dict) -> list:
    """lingua's types against llama.cpp's fastest, and the same Q8_0 file."""
    rows = []
    title, goal = TITLES[name], GOALS.get((name, tokens), "")
    for compute in LIMITS:
        key = f"scoring/{name}/{tokens}/{compute}"
        what = f"scoring {title}, N = {tokens}, {compute}, against llama.cpp's fastest type"
        if compute in times and "peer" in times:
            rows.append(ratio_row(key, what, goal, tokens, times[compute], times["peer"],
                                  (contestants[compute].name, contestants["peer"].name)))
        elif compute in times:
            rows.append(skipped(key, what, goal, "llama.cpp is not built"))
    if "q8_0 file" in times and "q8_0 peer" in times:
        rows.append(ratio_row(f"scoring/{name}/{tokens}/same", f"scoring {title}, N = {tokens}, the same Q8_0 file in "
                              "q8_0 by both", ">= 3.5", tokens, times["q8_0 file"], times["q8_0 peer"],
                              (contestants["q8_0 file"].name, contestants["q8_0 peer"].name)))
    return rows


def geometry(path) -> dict:
    done = subprocess.run([programs.LINGUA, "model", "--json", path], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def tokens_of(path, text: str) -> list:
    done = subprocess.run([programs.LINGUA, "score", "--json", "--model", path], input=text.encode(),
                          stdout=subprocess.PIPE, check=True)
    return [token["id"] for token in json.loads(done.stdout)["tokens"]]


def operations(shape: dict, tokens: int) -> float:
    """Of scoring `tokens` tokens, for an architecture like llama's with a tied head: two per weight and token, and
    attention to half of the positions in the mean."""
    attention = 4 * shape["layers"] * shape["embedding"] * (tokens + 1) / 2
    return tokens * (2 * shape["parameters"] + attention)


def against_limit(tokens: int, times: dict, shape: dict) -> list:
    """The share of its instructions' limit that each type reaches; promised for N = 512."""
    rows = []
    for compute, (kind, goal) in LIMITS.items():
        limits = times.get("limit " + kind)
        if compute not in times or not limits:
            continue
        work = operations(shape, tokens)
        what = f"share of the {kind} limit, SmolLM2-135M in {compute}, N = {tokens}"
        rows.append(row(f"limit/{tokens}/{compute}", what, goal if tokens == 512 else "", "of the limit",
                        work / statistics.median(times[compute]) / statistics.median(limits),
                        work / min(times[compute]) / max(limits), len(limits), limit=max(limits),
                        ours={"name": f"lingua {compute}", **summary(times[compute])}))
    return rows


def growth(by_length: dict, shape: dict) -> list:
    """Time per token at the longest length over that at the shortest; the goal is that of the operations."""
    short, long = min(by_length), max(by_length)
    if short == long:
        return []
    goal = operations(shape, long) / long / (operations(shape, short) / short)
    rows = []
    for compute in LIMITS:
        if compute in by_length[short] and compute in by_length[long]:
            first, last = by_length[short][compute], by_length[long][compute]
            rows.append(row(f"growth/{compute}", f"growth of the time per token from N = {short} to {long}, "
                            f"SmolLM2-135M in {compute}", f"<= {goal:.2f}", "x",
                            statistics.median(last) / long / (statistics.median(first) / short),
                            min(last) / long / (min(first) / short), len(last)))
    return rows


def rows(name: str, lengths: list, repeat: int, seconds: float, threads: int, record) -> None:
    """All rows of one model; those about limit and growth for SmolLM2 only."""
    with contextlib.ExitStack() as stack:
        path, contestants = open_all(stack, name, threads, record)
        is_default = name == "smollm2"
        limits = stack.enter_context(programs.limits(threads)) if is_default else None
        by_length, shape = {}, geometry(path)
        for tokens in lengths:
            times = by_length[tokens] = contest(contestants, limits, tokens, repeat, seconds)
            record.add(*against_llama(name, tokens, times, contestants))
            if is_default:
                record.add(*against_limit(tokens, times, shape))
        if is_default:
            record.add(*growth(by_length, shape))

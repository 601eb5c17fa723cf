"""Rows about starting and memory."""

import statistics
import subprocess
import time

from . import programs, texts
from .places import Missing, model as model_path
from .record import row, skipped
from .scoring import TITLES, geometry, tokens_of

BYTES_PER_WEIGHT = {"f32": 4, "bf16": 2, "q8_0": 1 + 4 / 32}  # q8_0: a float as scale of 32 weights


def start(compute: str, threads: int, repeat: int) -> dict:
    """From the call of the program to its end, with one sentence to score and the file in the page cache."""
    command = [programs.LINGUA, "score", "--model", model_path("smollm2"), "--compute", compute, "--threads",
               str(threads)]
    times = []
    for _ in range(repeat + 1):  # the first one fills the page cache
        begin = time.perf_counter()
        subprocess.run(command, input=b"The quick brown fox jumps over the lazy dog.", stdout=subprocess.DEVNULL,
                       check=True)
        times.append(time.perf_counter() - begin)
    return row(f"start/{compute}", f"start to first score, SmolLM2-135M in {compute}, file in the page cache", "<= 0.3",
               "s", statistics.median(times[1:]), min(times[1:]), repeat)


def peak_bytes(process) -> int:
    with open(f"/proc/{process.pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return 1024 * int(fields["VmHWM"].split()[0])


def memory(name: str, compute: str, threads: int, tokens: int) -> dict:
    """Largest resident size of the process, mapped file and program included, less what the weights take packed:
    parameters times bytes per weight. What packing adds to that counts as used. On real text: it decides which
    embeddings are read from the file."""
    path = model_path(name)
    ids = tokens_of(path, texts.long_text(tokens))[:tokens]
    with programs.lingua(path, compute, threads) as program:
        program.ask({"score": ids})
        peak = peak_bytes(program.process)
    packed = geometry(path)["parameters"] * BYTES_PER_WEIGHT[compute]
    above = (peak - packed) / 1e6
    return row(f"memory/{name}/{compute}", f"peak memory above the packed weights, {TITLES[name]} in {compute}, "
               f"N = {len(ids)}", "<= 400", "MB", above, above, 1, peak=peak, packed=packed)


def rows(computes: list, models: list, threads: int, repeat: int, tokens: int, record) -> None:
    for compute in computes:
        record.add(start(compute, threads, repeat))
    for name in models:
        for compute in computes:
            try:
                record.add(memory(name, compute, threads, tokens))
            except (Missing, FileNotFoundError) as missing:
                record.add(skipped(f"memory/{name}/{compute}", f"peak memory, {name} in {compute}", "<= 400", missing))

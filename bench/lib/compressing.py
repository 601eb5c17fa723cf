"""Rows about whole calls: the time outside the model, and Python's LLMLingua on the same prompt."""

import json
import statistics
import subprocess

from . import programs, texts
from .places import ROOT, Missing, model as model_path
from .record import row, skipped

AGAINST_PYTHON = ROOT / "bench" / "against_python"


def outside_the_model(compute: str, threads: int, repeat: int) -> dict:
    """Tokenise, units, plan, select, rebuild: their share of a call that has seen nothing before."""
    request = {"prompt": texts.gsm8k_prompt(), "ratio": 20, "fresh": True}
    with programs.lingua(model_path("smollm2"), compute, threads, "bench_compress") as program:
        program.ask(request)
        answers = [program.ask(request) for _ in range(repeat)]
    shares = [1 - answer["model_seconds"] / answer["seconds"] for answer in answers]
    return row(f"outside/{compute}", f"time outside the model, GSM8K prompt at 20x, {compute}", "<= 0.03", "of a call",
               statistics.median(shares), min(shares), repeat, tokens=answers[0]["tokens"],
               forwarded=answers[0]["forwarded"], seconds=statistics.median(a["seconds"] for a in answers))


def against_python(compute: str, threads: int, quick: bool) -> list:
    """What bench/against_python prints: rows in our form, one a line."""
    command = [AGAINST_PYTHON, "--json", "--compute", compute, "--threads", str(threads), *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Missing("bench/against_python did not run; it says above why")
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows(computes: list, threads: int, repeat: int, quick: bool, record) -> None:
    for compute in computes:
        try:
            record.add(outside_the_model(compute, threads, repeat))
        except Missing as missing:
            record.add(skipped(f"outside/{compute}", f"time outside the model, {compute}", "<= 0.03", missing))
    for compute in computes:
        try:
            record.add(*against_python(compute, threads, quick))
        except Missing as missing:
            record.add(skipped(f"python/cold/{compute}", "compressing the GSM8K prompt at 20x, against Python LLMLingua "
                               f"0.2.2, {compute}", ">= 6", missing))

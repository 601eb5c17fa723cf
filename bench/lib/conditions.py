"""Under which conditions something was measured."""

import hashlib
import os
import platform
import subprocess
from pathlib import Path

from .places import ROOT, Missing, model


def usable_cpus() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def cpu_name() -> str:
    if Path("/proc/cpuinfo").exists():
        facts = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().split("\n\n")[0].splitlines())
        facts = {key.strip(): value.strip() for key, value in facts.items()}
        if "model name" in facts:
            numbers = [facts.get(key, "?") for key in ("cpu family", "model", "stepping")]
            return f"{facts['model name']} (family {numbers[0]}, model {numbers[1]}, stepping {numbers[2]})"
    return platform.processor() or platform.machine()


def commit() -> str:
    described = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return described.stdout.strip() or "unknown"


def describe(models: list, threads: int) -> dict:
    hashes = {}
    for name in models:
        try:
            path = model(name)
            hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except Missing:
            pass
    return {"cpu": cpu_name(), "threads": threads, "commit": commit(), "models": hashes}

"""Where things are: the repository, the models, the data, what benchmarks leave behind."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "lingua")
DATA = Path(os.environ.get("LINGUA_DATA") or ROOT.parent / "shared" / "data")
RESULTS = ROOT / "build" / "bench" / "results"

MODELS = {  # names of scripts/setup --models
    "smollm2": "SmolLM2-135M-Instruct.Q4_1.gguf",
    "gemma": "gemma-3-270m-q4_k_m.gguf",
    "qwen": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
}


class Missing(Exception):
    """Something that a measurement needs is not here; the message says how to get it."""


def model(name: str) -> Path:
    path = CACHE / "models" / MODELS[name]
    if name == "smollm2" and os.environ.get("LINGUA_MODEL"):
        path = Path(os.environ["LINGUA_MODEL"])
    if not path.is_file():
        raise Missing(f"no {path.name}: scripts/setup --models {name} gets it")
    return path


def data(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        raise Missing(f"no {path}: LINGUA_DATA names the folder with the data")
    return path

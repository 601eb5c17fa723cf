"""Where programs, models and results are. Environment variables override each."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PUBLISHED = REPOSITORY / "eval" / "results"  # what the tables are made of
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lingua"
MODELS = {
    "smollm2": "SmolLM2-135M-Instruct.Q4_1.gguf",
    "gemma": "gemma-3-270m-q4_k_m.gguf",
    "qwen": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
}


def program() -> Path:
    return Path(os.environ.get("LINGUA_PROGRAM") or REPOSITORY / "build" / "lingua")


def scorer() -> Path:
    """The model that `lingua` compresses with, whose tokens all budgets are counted in."""
    return Path(os.environ.get("LINGUA_MODEL") or model("smollm2"))


def model(name: str) -> Path:
    return CACHE / "models" / MODELS[name]


def results() -> Path:
    """Caches and raw results: large, and worth keeping between runs."""
    return Path(os.environ.get("LINGUA_EVAL_CACHE") or CACHE / "eval" / "results")


def rivals_python() -> Path:
    """The Python of the environment with PyTorch, made by eval/setup."""
    return Path(os.environ.get("LINGUA_EVAL_RIVALS") or CACHE / "eval" / "rivals") / "bin" / "python"

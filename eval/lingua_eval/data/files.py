"""Where the texts are, and how they are read."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[3]


def folder() -> Path:
    return Path(os.environ.get("LINGUA_DATA") or REPOSITORY.parent / "shared" / "data")


def text(name: str) -> str:
    path = folder() / name
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; LINGUA_DATA names the folder with the data sets")
    return path.read_text(encoding="utf-8")


def lines(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines, numbered."""
    return enumerate(json.loads(line) for line in text(name).split("\n") if line)
